import { type Client, createClient } from '@slipway/sdk';
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
}

export async function startProduct(env: NodeJS.ProcessEnv = {}): Promise<AcceptanceStage> {
  const folder = await makeTestFolder('acceptance');
  const ports = await freePorts();
  const url = `http://127.0.0.1:${ports.PORT}`;
  const process = startStandalone(folder.path, { ...ports, RATE_LIMIT_PER_MINUTE: '100000', ...env });
  await process.untilReady(url);
  return {
    url,
    process,
    newPerson: () => newPerson(`${url}/api`),
    async stop() {
      await process.stop();
      await folder.remove();
    },
  };
}

async function newPerson(baseUrl: string): Promise<Person> {
  let token: string | null = null;
  const client = createClient({ baseUrl, getToken: () => token });
  const email = `${crypto.randomUUID()}@example.com`;
  const session = await client.auth.signup({ email, password: 'correct horse', name: 'A. Person' });
  token = session.access_token;
  const project = await client.projects.create({ name: 'Harbour' });
  return { client, projectId: project.id };
}
