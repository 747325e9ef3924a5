import { type Client, type ClientOptions, createClient } from '@slipway/sdk';
import { storageEnvironment } from './api-process';
import type { RunningStorage } from './object-stores';
import type { TestProcess } from './processes';
import { freePorts, startStandalone } from './standalone';
import { makeTestFolder } from './test-folder';

/** The whole product as `npm start` runs it, and people who use it through the SDK. */
export interface AcceptanceStage {
  url: string;
  process: TestProcess;
  newPerson(): Promise<Person>;
  stop(): Promise<void>;
}

export interface Person {
  client: Client;
  projectId: string;
  token: string;
  /** The same person on another device, with settings of its own. */
  clientWith(options: Omit<ClientOptions, 'baseUrl' | 'getToken'>): Client;
}

/** On its embedded storage, unless another is given. */
export async function startProduct(
  env: NodeJS.ProcessEnv = {},
  storage: RunningStorage | null = null,
): Promise<AcceptanceStage> {
  const folder = await makeTestFolder('acceptance');
  const ports = await freePorts();
  const url = `http://127.0.0.1:${ports.PORT}`;
  const process = startStandalone(folder.path, {
    ...ports,
    ...(storage && storageEnvironment(storage)),
    RATE_LIMIT_PER_MINUTE: '100000',
    ...env,
  });
  await process.untilReady(url);
  return {
    url,
    process,
    newPerson: () => newPerson(url),
    async stop() {
      await process.stop();
      await folder.remove();
    },
  };
}

/** Somebody with an account and a project of the product at `url`. */
export async function newPerson(url: string): Promise<Person> {
  const baseUrl = `${url}/api`;
  const email = `${crypto.randomUUID()}@example.com`;
  const account = { email, password: 'correct horse', name: 'A. Person' };
  const { access_token: token } = await createClient({ baseUrl }).auth.signup(account);
  const clientWith: Person['clientWith'] = (options) =>
    createClient({ ...options, baseUrl, getToken: () => token });
  const client = clientWith({});
  const project = await client.projects.create({ name: 'Harbour' });
  return { client, projectId: project.id, token, clientWith };
}
