import { startEmbeddedStorage, type EmbeddedStorage } from '@slipway/standalone/embedded-storage';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startProgram, type TestProcess } from '../support/processes';
import { freePorts, startStandalone, type StandalonePorts } from '../support/standalone';
import { createTestDatabase } from '../support/test-database';
import { makeTestFolder } from '../support/test-folder';

const IS_ROOT = process.getuid?.() === 0;
const LOGIN = { email: 'ann@example.com', password: 'a long enough password' };
const ACCOUNT = { ...LOGIN, name: 'Ann' };
const KEYS = { accessKeyId: 'test-key', secretAccessKey: 'test-secret' };

let folder: Awaited<ReturnType<typeof makeTestFolder>>;
let dataDir: string;
let ports: StandalonePorts;
let url: string;
const cleanups: (() => Promise<unknown>)[] = [];

function start(
  env: NodeJS.ProcessEnv = {},
  options: Parameters<typeof startStandalone>[2] = {},
): TestProcess {
  const started = startStandalone(dataDir, { ...ports, ...env }, options);
  cleanups.push(() => started.stop());
  return started;
}

async function startReady(env?: NodeJS.ProcessEnv): Promise<TestProcess> {
  const started = start(env);
  await started.untilReady(url);
  return started;
}

const post = (path: string, body: object): Promise<Response> =>
  fetch(new URL(path, url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** One line on standard error, exit code 1, and nothing of a stack. */
async function complaintOf(started: TestProcess): Promise<string> {
  expect(await started.exited).toEqual({ code: 1, signal: null });
  expect(started.output).not.toMatch(/^\s+at /m);
  const lines = started.output.split('\n').filter((line) => line !== '' && !line.startsWith('{"level":30'));
  expect(lines).toHaveLength(1);
  return lines[0] ?? '';
}

/** Another program on a port of its own. */
async function takePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  cleanups.push(() => new Promise((resolve) => server.close(resolve)));
  await once(server, 'listening');
  return String((server.address() as AddressInfo).port);
}

async function databasePid(): Promise<number> {
  const file = await readFile(join(dataDir, 'database/cluster/postmaster.pid'), 'utf8');
  return Number(file.split('\n')[0]);
}

const isPostgres = (pid: number): Promise<boolean> =>
  readFile(`/proc/${pid}/cmdline`, 'utf8').then(
    (command) => command.includes('postgres'),
    () => false,
  );

beforeEach(async () => {
  folder = await makeTestFolder('standalone');
  dataDir = join(folder.path, 'data');
  ports = await freePorts();
  url = `http://127.0.0.1:${ports.PORT}`;
});

afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
  await folder.remove();
});

describe('The product in one command', () => {
  it('starts from nothing, says where it is and how to sign in, and keeps its secrets to itself', async () => {
    const product = await startReady();
    await product.untilOutput(new RegExp(`Slipway is ready: ${url}\n.*create an account`));
    expect((await stat(join(dataDir, 'secrets.json'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(dataDir, 'storage'))).mode & 0o777).toBe(0o700);
    expect((await stat(join(dataDir, 'database'))).mode & 0o777).toBe(0o700);
  });

  it('stops cleanly at Ctrl-C, leaves no process, and keeps data and sessions over the restart', async () => {
    const first = await startReady();
    const { access_token: token } = (await (await post('/api/auth/signup', ACCOUNT)).json()) as {
      access_token: string;
    };
    const database = await databasePid();
    expect(await first.stop('SIGINT')).toEqual({ code: 0, signal: null });
    expect(first.output).not.toMatch(/"level":[4-6]0/);
    expect(await isPostgres(database)).toBe(false);
    await startReady();
    const me = await fetch(new URL('/api/auth/me', url), { headers: { authorization: `Bearer ${token}` } });
    expect(me.status).toBe(200);
  });

  it('exits at once at the second Ctrl-C, and takes the database with it', async () => {
    const product = await startReady();
    const database = await databasePid();
    process.kill(product.pid, 'SIGINT');
    await product.untilOutput(/Stopping/);
    process.kill(product.pid, 'SIGINT');
    const { code } = await product.exited;
    // 0 where the clean stop was faster than the second signal.
    expect([0, 130]).toContain(code);
    await expect(waitUntilGone(database)).resolves.toBeUndefined();
  });

  it('can be stopped while it starts', async () => {
    const product = start();
    while (!existsSync(join(dataDir, 'database'))) await sleep(5);
    expect(await product.stop()).toEqual({ code: 0, signal: null });
    await startReady();
  });

  it('repairs at the next start what kill -9 left behind', async () => {
    const killed = await startReady();
    expect((await post('/api/auth/signup', ACCOUNT)).status).toBe(201);
    const leftover = await databasePid();
    await killed.kill();
    expect(await isPostgres(leftover)).toBe(true);
    await startReady();
    expect((await post('/api/auth/login', LOGIN)).status).toBe(200);
    expect(await databasePid()).not.toBe(leftover);
  });

  it('ends when its database ends, and recovers at the next start', async () => {
    const product = await startReady();
    process.kill(await databasePid(), 'SIGKILL');
    expect((await product.exited).code).toBe(1);
    expect(product.output).toContain('The embedded database ended by itself');
    await startReady();
  });

  it('uses what is configured, and then needs no folder', async () => {
    const database = await createTestDatabase();
    cleanups.push(() => database.drop());
    const storage = await startStorage();
    const product = await startReady({
      DATABASE_URL: database.url,
      ...storageVariables(storage),
      JWT_SECRET: 'x'.repeat(32),
    });
    expect(await readdir(folder.path)).toEqual(['storage']);
    expect(await product.stop()).toEqual({ code: 0, signal: null });
  });
});

async function waitUntilGone(pid: number): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (await isPostgres(pid)) {
    if (Date.now() > deadline) throw new Error(`PostgreSQL ${pid} still runs`);
    await sleep(20);
  }
}

async function startStorage(): Promise<EmbeddedStorage> {
  const storage = await startEmbeddedStorage({
    dataDir: join(folder.path, 'storage'),
    port: 0,
    credentials: KEYS,
    uploadCredentials: { accessKeyId: 'uploads', secretAccessKey: 'only for uploads' },
    corsOrigins: [url],
  });
  cleanups.push(() => storage.close());
  return storage;
}

const storageVariables = ({ config }: EmbeddedStorage): NodeJS.ProcessEnv => ({
  S3_ENDPOINT: config.endpoint,
  S3_BUCKET: config.bucket,
  AWS_ACCESS_KEY_ID: KEYS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
});

describe('npm start', () => {
  it.each(['SIGTERM', 'SIGKILL'] as const)('ends with npm when that alone is sent %s', async (signal) => {
    const env = { ...ports, SLIPWAY_DATA_DIR: dataDir };
    const npm = startProgram('npm', ['start', '--silent'], { env });
    cleanups.push(() => npm.kill());
    await npm.untilReady(url);
    const database = await databasePid();
    process.kill(npm.pid, signal);
    await npm.exited;
    expect(npm.output).toMatch(/Stopping …\n$/);
    expect(await isPostgres(database)).toBe(false);
  });
});

describe('A start that cannot succeed says why in one line', () => {
  it.each(['PORT', 'STORAGE_PORT', 'POSTGRES_PORT'] as const)('when %s is taken', async (name) => {
    const port = await takePort();
    expect(await complaintOf(start({ [name]: port }))).toMatch(
      new RegExp(
        `^Port ${port} on 127.0.0.1.* is taken by another program\\. Stop that program, or set ${name} `,
      ),
    );
  });

  it('when the folder cannot be written', async () => {
    await chmod(folder.path, 0o511);
    const visitor = start({}, IS_ROOT ? { uid: 65_534, gid: 65_534 } : {});
    expect(await complaintOf(visitor)).toBe(
      `${dataDir} cannot be used (EACCES). Let this user write there, or set SLIPWAY_DATA_DIR to another folder.`,
    );
    await chmod(folder.path, 0o711);
  });

  it('when a file stands where the folder should', async () => {
    await writeFile(dataDir, '');
    expect(await complaintOf(start())).toMatch(
      / cannot be used \(\w+\)\. Let this user write there, or set /,
    );
  });

  it('when another one runs on the same folder', async () => {
    await startReady();
    expect(await complaintOf(start(await freePorts()))).toBe(
      `Another Slipway runs on the folder ${dataDir}. Stop it, or set SLIPWAY_DATA_DIR to another folder.`,
    );
  });

  it('when the secrets are damaged', async () => {
    await mkdir(dataDir);
    await writeFile(join(dataDir, 'secrets.json'), '{"jwtSecret":');
    expect(await complaintOf(start())).toMatch(/secrets\.json is damaged\. Delete it: /);
  });

  it('when the configured database does not answer', async () => {
    const DATABASE_URL = `postgres://me:hunter2@127.0.0.1:${ports.POSTGRES_PORT}/files`;
    expect(await complaintOf(start({ DATABASE_URL }))).toBe(
      `The database at 127.0.0.1:${ports.POSTGRES_PORT}/files cannot be used: nothing listens there. Is PostgreSQL running? Check DATABASE_URL.`,
    );
  });

  it('when the configured storage does not answer', async () => {
    const S3_ENDPOINT = `http://127.0.0.1:${ports.STORAGE_PORT}`;
    const env = {
      S3_ENDPOINT,
      S3_BUCKET: 'files',
      AWS_ACCESS_KEY_ID: 'key',
      AWS_SECRET_ACCESS_KEY: 'secret',
    };
    expect(await complaintOf(start(env))).toMatch(
      new RegExp(`^The storage at ${S3_ENDPOINT} does not answer \\(.*ECONNREFUSED.*\\)\\. Is it running\\?`),
    );
  });

  it.each([
    ['the bucket does not exist', { S3_BUCKET: 'another' }, /^There is no bucket "another" at .* S3_BUCKET/],
    [
      'the secret is wrong',
      { AWS_SECRET_ACCESS_KEY: 'guess' },
      /refuses the bucket .* Check AWS_ACCESS_KEY_ID/,
    ],
    [
      'the key is unknown',
      { AWS_ACCESS_KEY_ID: 'stranger' },
      /refuses the bucket .* Check AWS_ACCESS_KEY_ID/,
    ],
  ])('when %s', async (_, change, complaint) => {
    const storage = await startStorage();
    expect(await complaintOf(start({ ...storageVariables(storage), ...change }))).toMatch(complaint);
  });

  it('when variables are wrong, a line for each', async () => {
    const product = start({ PORT: 'http', LOG_LEVEL: 'loud' });
    expect(await product.exited).toEqual({ code: 1, signal: null });
    expect(product.output.split('\n')).toEqual([
      'The configuration cannot be used:',
      expect.stringMatching(/^ {2}PORT: "http" /),
      expect.stringMatching(/^ {2}LOG_LEVEL: "loud" /),
      '',
    ]);
  });
});
