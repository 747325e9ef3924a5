import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from '@slipway/platform/db/embedded-postgres';
import { EmbeddedPostgresError } from '@slipway/platform/db/embedded/embedded-postgres-error';
import { findBinaries } from '@slipway/platform/db/embedded/binaries';
import { chmod, chown, mkdir, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Client } from 'pg';
import { startCode } from '../support/processes';
import { makeTestFolder } from '../support/test-folder';

const IS_ROOT = process.getuid?.() === 0;
const describeAsRoot = IS_ROOT ? describe : describe.skip;
const NOBODY = 65_534;

let folder: Awaited<ReturnType<typeof makeTestFolder>>;
let dataDir: string;
const started: EmbeddedPostgres[] = [];

async function start(options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, port: 0, durable: true, ...options });
  started.push(server);
  return server;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows.map((row) => Object.values(row)[0]);
  } finally {
    await client.end();
  }
}

async function serverPid(): Promise<number> {
  return Number((await readFile(join(dataDir, 'cluster/postmaster.pid'), 'utf8')).split('\n')[0]);
}

const isRunning = (pid: number): Promise<boolean> =>
  readFile(`/proc/${pid}/cmdline`, 'utf8').then(
    (command) => command.includes('postgres'),
    () => false,
  );

const startAndHold = (options: object): string => `
  const { startEmbeddedPostgres } = require('./libs/platform/src/db/embedded-postgres');
  startEmbeddedPostgres(${JSON.stringify(options)}).then(
    (server) => { console.log('url ' + server.url); process.on('SIGTERM', () => server.stop().then(() => process.exit(0))); setInterval(() => {}, 1000); },
    (error) => { console.log(error.failure + ' ' + error.message); process.exit(1); },
  );`;

beforeEach(async () => {
  folder = await makeTestFolder('embedded');
  dataDir = join(folder.path, 'database');
});

afterEach(async () => {
  for (const server of started.splice(0)) await server.stop();
  await folder.remove();
});

describe('The embedded PostgreSQL', () => {
  it('makes a UTF-8 database, keeps it over a restart and leaves no process', async () => {
    const first = await start();
    await query(first.url, `create table kept as select 'é' as word`);
    expect(await query(first.url, 'show server_encoding')).toEqual(['UTF8']);
    expect(await query(first.url, `select lower('ÅÉ')`)).toEqual(['åé']);
    const pid = await serverPid();
    await first.stop();
    expect(await isRunning(pid)).toBe(false);
    const second = await start();
    expect(await query(second.url, 'select word from kept')).toEqual(['é']);
  });

  it('survives power failures unless told otherwise', async () => {
    const durable = await start();
    expect(await query(durable.url, 'show fsync')).toEqual(['on']);
    await durable.stop();
    const { url } = await start({ durable: false });
    expect(await query(url, 'show fsync')).toEqual(['off']);
  });

  it('asks for the password and listens on this machine only', async () => {
    const { url } = await start();
    const wrong = new URL(url);
    wrong.password = 'guess';
    await expect(query(wrong.href, 'select 1')).rejects.toThrow('password authentication failed');
    expect(await query(url, 'show listen_addresses')).toEqual(['127.0.0.1']);
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
  });

  it('takes over from a process that was killed, with all that was committed', async () => {
    const holder = startCode(startAndHold({ dataDir, port: 0, durable: true }));
    const [, url = ''] = await holder.untilOutput(/^url (.+)$/m);
    await query(url, 'create table kept as select 42 as answer');
    const leftover = await serverPid();
    await holder.kill();
    expect(await isRunning(leftover)).toBe(true);
    const server = await start();
    expect(await isRunning(leftover)).toBe(false);
    expect(await query(server.url, 'select answer from kept')).toEqual([42]);
  });

  it('recovers when the server itself was killed', async () => {
    const first = await start();
    await query(first.url, 'create table kept as select 42 as answer');
    process.kill(await serverPid(), 'SIGKILL');
    await first.ended;
    const second = await start();
    expect(await query(second.url, 'select answer from kept')).toEqual([42]);
  });

  it('is not kept from starting by a lock file whose number now belongs to another program', async () => {
    await (await start()).stop();
    const { uid, gid } = await stat(dataDir);
    const other = startCode('setInterval(() => {}, 1000)', IS_ROOT ? { uid, gid } : {});
    const stale = [other.pid, join(dataDir, 'cluster'), 0, 5432, '', '127.0.0.1', '', 'ready', ''];
    const file = join(dataDir, 'cluster/postmaster.pid');
    await writeFile(file, stale.join('\n'), { mode: 0o600 });
    await chown(file, uid, gid);
    const server = await start();
    expect(await query(server.url, 'select 1')).toEqual([1]);
    await other.kill();
  });

  it('starts over when making the database files was interrupted', async () => {
    await mkdir(dataDir, { mode: 0o700 });
    await mkdir(join(dataDir, 'cluster.unfinished'));
    await writeFile(join(dataDir, 'cluster.unfinished/PG_VERSION'), '18\n');
    if (IS_ROOT) await chown(dataDir, NOBODY, NOBODY);
    const server = await start();
    expect(await query(server.url, 'select 1')).toEqual([1]);
  });

  it('says in one line that the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    await expect(start({ port })).rejects.toThrow(
      new EmbeddedPostgresError(
        'port_in_use',
        `Port ${port} on 127.0.0.1, where the database would listen, is taken by another program. Stop that program, or set POSTGRES_PORT to a free port.`,
      ),
    );
    await new Promise((resolve) => other.close(resolve));
    expect(await query((await start({ port })).url, 'select 1')).toEqual([1]);
  });

  it('says in one line that the folder cannot be made', async () => {
    await writeFile(join(folder.path, 'file'), '');
    await expect(start({ dataDir: join(folder.path, 'file/database') })).rejects.toMatchObject({
      failure: 'folder_unusable',
      message: expect.stringMatching(/^The folder .*file\/database cannot be written \(E\w+\)\. .*$/),
    });
  });

  it('passes on PostgreSQL’s own words when it cannot start', async () => {
    await (await start()).stop();
    await writeFile(join(dataDir, 'cluster/PG_VERSION'), '9.6\n');
    await expect(start()).rejects.toMatchObject({
      failure: 'start_failed',
      message: expect.stringMatching(/^PostgreSQL did not start: .*database files are incompatible/),
    });
  });
});

describeAsRoot('The embedded PostgreSQL under root (needs root)', () => {
  it('runs as another account', async () => {
    await start();
    const status = await readFile(`/proc/${await serverPid()}/status`, 'utf8');
    expect(status).not.toMatch(/^Uid:\s+0\b/m);
  });

  it('runs as whoever owns the files', async () => {
    await chmod(folder.path, 0o777);
    const first = startCode(startAndHold({ dataDir, port: 0, durable: true }), { uid: NOBODY, gid: NOBODY });
    const [, url = ''] = await first.untilOutput(/^url (.+)$/m);
    await query(url, 'create table kept as select 42 as answer');
    expect(await first.stop()).toEqual({ code: 0, signal: null });
    const second = await start();
    expect(await query(second.url, 'select answer from kept')).toEqual([42]);
    expect((await stat(join(dataDir, 'cluster'))).uid).toBe(NOBODY);
  });

  it('tells an ordinary user in one line that the folder is closed to him', async () => {
    const visitor = startCode(startAndHold({ dataDir, port: 0, durable: true }), {
      uid: NOBODY,
      gid: NOBODY,
    });
    expect(await visitor.exited).toEqual({ code: 1, signal: null });
    expect(visitor.output).toMatch(/^folder_unusable The folder .* cannot be written \(EACCES\)\. .*\n$/);
  });

  it('keeps its files elsewhere when the account may not pass through the folder', async () => {
    await chmod(folder.path, 0o700);
    const first = await start();
    await query(first.url, 'create table kept as select 42 as answer');
    await first.stop();
    const second = await start();
    expect(await query(second.url, 'select answer from kept')).toEqual([42]);
    await second.stop();
    const elsewhere = await realpath(dataDir);
    expect(elsewhere).toMatch(/^\/var\/lib\/slipway\/database-/);
    await rm(elsewhere, { recursive: true });
  });

  it('gives the server a folder that root made for it', async () => {
    await mkdir(dataDir);
    const server = await start();
    expect(await query(server.url, 'select 1')).toEqual([1]);
  });
});

describe('The programs of the embedded PostgreSQL', () => {
  let source: string;

  beforeEach(async () => {
    source = join(folder.path, 'package');
    await mkdir(join(source, 'native/bin'), { recursive: true });
    await mkdir(join(source, 'native/lib'));
    await writeFile(join(source, 'package.json'), JSON.stringify({ version: '18.0.0' }));
    await writeFile(join(source, 'native/bin/postgres'), 'program');
    await writeFile(join(source, 'native/lib/libpq.so.5.18'), 'library');
    const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
    await writeFile(join(source, 'native/pg-symlinks.json'), JSON.stringify(links));
  });

  it('get the links that npm ci --ignore-scripts leaves out', async () => {
    const { postgres } = await findBinaries({}, { source });
    expect(postgres).toBe(join(source, 'native/bin/postgres'));
    expect(await readFile(join(source, 'native/lib/libpq.so.5'), 'utf8')).toBe('library');
  });

  it('are copied once, whole, from a folder that the account may not enter', async () => {
    await chmod(source, 0o700);
    const state = join(folder.path, 'state');
    const account = { uid: NOBODY - 1, gid: NOBODY - 1 };
    const found = await Promise.all([1, 2, 3].map(() => findBinaries(account, { source, state })));
    expect(new Set(found.map(({ postgres }) => postgres))).toEqual(
      new Set([join(state, 'postgres-18.0.0/bin/postgres')]),
    );
    expect(await readdir(state)).toEqual(['postgres-18.0.0']);
    expect(await readFile(join(state, 'postgres-18.0.0/lib/libpq.so.5'), 'utf8')).toBe('library');
  });
});
