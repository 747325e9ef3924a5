import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { type CoreWorld, createCoreWorld } from '../support/core-world';
import { type CuttableProxy, startCuttableProxy, throughProxy } from '../support/cuttable-proxy';
import { createHttpWorld, type HttpWorld } from '../support/http-world';
import { embeddedStorage, type RunningStorage } from '../support/object-stores';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { pngFile, sha256, type TestFile } from '../support/test-files';

const proxyTo = (url: string): Promise<CuttableProxy> => {
  const { hostname, port } = new URL(url);
  return startCuttableProxy({ host: hostname, port: Number(port) });
};

const EVENTS_SECRET = 'a secret between storage and API';

describe('while a part is away', () => {
  let storage: RunningStorage;
  let database: TestDatabase;
  let observer: Client;
  let toStorage: CuttableProxy;
  let toDatabase: CuttableProxy;
  let core: CoreWorld;
  let http: HttpWorld;
  let file: TestFile;
  let token: string;
  let projectId: string;

  beforeAll(async () => {
    [storage, database, file] = await Promise.all([embeddedStorage.start(), createTestDatabase(), pngFile()]);
    observer = new Client(database.url);
    await observer.connect();
    [toStorage, toDatabase] = await Promise.all([proxyTo(storage.endpoint), proxyTo(database.url)]);
    core = await createCoreWorld(
      { ...storage, endpoint: throughProxy(storage.endpoint, toStorage) },
      { ...database, url: throughProxy(database.url, toDatabase), drop: async () => undefined },
    );
    http = await createHttpWorld(core, { storageEventsSecret: EVENTS_SECRET });
    token = await http.signUp();
    const project = await http.call('POST', '/api/projects', { token, body: { name: 'Harbour' } });
    projectId = String(project.body['id']);
  });

  afterAll(async () => {
    toStorage?.mend();
    toDatabase?.mend();
    await http?.close();
    await core?.close();
    await observer?.end();
    await Promise.all([toStorage?.close(), toDatabase?.close()]);
    await storage?.stop();
    await database?.drop();
  });

  const begin = () =>
    http.call('POST', '/api/assets/upload-url', {
      token,
      body: {
        project_id: projectId,
        file_name: file.name,
        file_size: file.body.length,
        content_type: file.contentType,
        checksum_sha256: sha256(file.body),
      },
    });

  async function beginAndSend(): Promise<Record<string, unknown>> {
    const { body } = await begin();
    const headers = body['headers'] as Record<string, string>;
    const response = await fetch(String(body['upload_url']), { method: 'PUT', headers, body: file.body });
    expect(response.status).toBe(200);
    return body;
  }

  const complete = (begun: Record<string, unknown>) =>
    http.call('POST', '/api/assets', {
      token,
      body: {
        name: file.name,
        project_id: projectId,
        file_key: begun['file_key'],
        file_size: file.body.length,
        content_type: file.contentType,
      },
    });

  /** As the storage does when the file of `begun` has arrived. */
  const tell = (begun: Record<string, unknown>) => {
    const key = new URL(String(begun['upload_url'])).pathname.split('/').slice(2).join('/');
    const record = {
      eventName: 'ObjectCreated:Put',
      s3: { bucket: { name: storage.bucket }, object: { key } },
    };
    const headers = { authorization: `Bearer ${EVENTS_SECRET}` };
    return http.call('POST', '/api/storage-events', { headers, body: { Records: [record] } });
  };

  const count = async (sql: string): Promise<number> => (await observer.query(sql)).rowCount ?? 0;

  test('the storage: completion answers 503 and succeeds when it is back', async () => {
    const begun = await beginAndSend();
    toStorage.cut();
    const refused = await complete(begun);
    expect([refused.status, refused.body['code']]).toEqual([503, 'storage_unavailable']);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await http.call('GET', '/api/health/ready')).body).toMatchObject({
      storage: 'down',
      database: 'up',
    });
    expect((await begin()).status).toBe(200);
    toStorage.mend();
    expect((await complete(begun)).status).toBe(201);
  });

  test('the database: every call answers 503, the process lives, and calls succeed when it is back', async () => {
    const begun = await beginAndSend();
    toDatabase.cut();
    for (const answer of [await begin(), await complete(begun), await tell(begun)]) {
      expect([answer.status, answer.body['code']]).toEqual([503, 'database_unavailable']);
    }
    expect((await http.call('GET', '/api/health/live')).status).toBe(200);
    expect((await http.call('GET', '/api/health/ready')).status).toBe(503);
    toDatabase.mend();
    expect((await tell(begun)).status).toBe(204);
    expect((await complete(begun)).status).toBe(201);
  });

  test('the database, at the very commit: nothing is half-written, and a repeat makes the asset', async () => {
    const begun = await beginAndSend();
    const before = await count('select 1 from assets');
    await observer.query('begin');
    await observer.query('select * from usage for update');
    const cutOff = complete(begun);
    const waiting = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
    while ((await count(waiting)) === 0) await sleep(20);
    toDatabase.cut();
    await observer.query('rollback');
    const refused = await cutOff;
    expect([refused.status, refused.body['code']]).toEqual([503, 'database_unavailable']);
    toDatabase.mend();
    expect(await count('select 1 from assets')).toBe(before);
    expect((await complete(begun)).status).toBe(201);
    expect(await count('select 1 from assets')).toBe(before + 1);
    expect(await count('select 1 from usage where used_bytes < 0 or reserved_bytes < 0')).toBe(0);
  });
});
