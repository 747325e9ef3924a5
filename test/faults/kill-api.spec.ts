import { setTimeout as sleep } from 'node:timers/promises';
import { createS3Client } from '@slipway/platform/object-store/s3-client';
import { S3ObjectStore } from '@slipway/platform/object-store/s3-object-store';
import { Client } from 'pg';
import { environmentOf, startApiProcess } from '../support/api-process';
import { HttpPerson } from '../support/http-client';
import { embeddedStorage, type RunningStorage } from '../support/object-stores';
import { startProcess } from '../support/processes';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { pngFile, sha256 } from '../support/test-files';

describe('the API killed between promotion and commit', () => {
  let database: TestDatabase;
  let storage: RunningStorage;
  let db: Client;

  beforeAll(async () => {
    [database, storage] = await Promise.all([createTestDatabase(), embeddedStorage.start()]);
    db = new Client(database.url);
    await db.connect();
  });

  afterAll(async () => {
    await db?.end();
    await storage?.stop();
    await database?.drop();
  });

  const rows = async (sql: string): Promise<Record<string, unknown>[]> => (await db.query(sql)).rows;

  async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + 20_000;
    while (!(await holds())) {
      if (Date.now() > deadline) throw new Error(`It did not come to: ${what}`);
      await sleep(20);
    }
  }

  test('leaves one asset, one object and nothing under incoming/ after restart and retry', async () => {
    const environment = environmentOf(database.url, storage);
    const client = createS3Client(storage);
    const objects = new S3ObjectStore(client, storage.bucket);
    const keys = async (prefix: string) => (await objects.list(prefix)).objects.map(({ key }) => key);
    const file = await pngFile();

    const first = await startApiProcess(environment);
    const person = await HttpPerson.join(first.url);
    const begun = await person.begin(file);
    expect(await person.put(begun, file.body)).toBe(200);

    // Whoever holds the ledger's row stops the commit at its second statement: the object is promoted by then.
    await db.query('begin');
    await db.query('select * from usage for update');
    const cutOff = person.complete(begun, file).catch(() => 'cut off');
    await until('the commit waits', async () => {
      const waiting = await rows(
        `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
      );
      return waiting.length === 1;
    });
    expect(await keys('projects/')).toEqual([begun['file_key']]);
    await first.process.kill();
    await db.query('rollback');
    expect(await cutOff).toBe('cut off');
    expect(await rows('select id from assets')).toEqual([]);

    const second = await startApiProcess(environment, first.port);
    const worker = startProcess('apps/worker/src/main.js', { env: environment });
    const [retry, other] = await Promise.all([person.complete(begun, file), person.complete(begun, file)]);
    expect(new Set([retry.status, other.status])).toEqual(new Set([200, 201]));
    expect(retry.body['id']).toBe(other.body['id']);

    await until('nothing is under incoming/', async () => (await keys('incoming/')).length === 0);
    await until('the asset is published', async () => {
      const published = await rows(`select id from assets where status = 'Published'`);
      return published.length === 1;
    });
    const stored = await objects.readRange(String(begun['file_key']), 0, file.body.length + 1);
    expect(sha256(stored)).toBe(sha256(file.body));
    const originals = (await keys('projects/')).filter((key) => !/(thumbnail\.jpg|qr-code\.png)$/.test(key));
    expect(originals).toEqual([begun['file_key']]);
    for (const table of ['usage', 'project_usage']) {
      const counters = 'used_bytes::int, reserved_bytes::int, used_files::int, reserved_files::int';
      expect(await rows(`select ${counters} from ${table}`)).toEqual([
        { used_bytes: file.body.length, reserved_bytes: 0, used_files: 1, reserved_files: 0 },
      ]);
    }
    expect((await worker.stop()).code).toBe(0);
    expect((await second.process.stop()).code).toBe(0);
    client.destroy();
  });
});
