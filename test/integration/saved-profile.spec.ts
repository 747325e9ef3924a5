import { openDatabase } from '@slipway/platform/db/database';
import { createS3Client } from '@slipway/platform/object-store/s3-client';
import { saveProfile, savedProfile } from '@slipway/platform/object-store/saved-profile';
import type { StorageProfileSource } from '@slipway/platform/object-store/storage-profile';
import type { DataSource } from 'typeorm';
import { TestClock } from '../support/core-world';
import { type CuttableProxy, startCuttableProxy } from '../support/cuttable-proxy';
import { embeddedStorage, type RunningStorage } from '../support/object-stores';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const DAY_MS = 86_400_000;

describe('What the product knows of its storage', () => {
  let database: TestDatabase;
  let db: DataSource;
  let real: RunningStorage;
  let proxy: CuttableProxy;
  let storage: RunningStorage;
  let client: ReturnType<typeof createS3Client>;
  let clock: TestClock;

  beforeAll(async () => {
    database = await createTestDatabase();
    db = await openDatabase({ url: database.url, entities: [], applicationName: 'test' });
    real = await embeddedStorage.start();
    const { hostname: host, port } = new URL(real.endpoint);
    proxy = await startCuttableProxy({ host, port: Number(port) });
    storage = { ...real, endpoint: `http://127.0.0.1:${proxy.port}` };
    client = createS3Client(storage);
  });
  afterAll(async () => {
    client.destroy();
    await proxy.close();
    await real.stop();
    await db.destroy();
    await database.drop();
  });

  beforeEach(async () => {
    clock = new TestClock();
    await db.query('delete from storage_profiles');
  });

  /** As one process would have it. */
  const source = (): StorageProfileSource => savedProfile({ storage, client, db, now: () => clock.now() });
  const saved = () => db.query<object[]>('select address, profile, checked_at from storage_profiles');
  /** What no storage of these tests would answer: whoever says it has read it. */
  const save = (checkedAt: Date) =>
    saveProfile(db, storage, { profile: { partChecksum: 'none' }, checkedAt });

  it('is asked of a storage that nobody asked before, and saved for all others', async () => {
    expect(await source()()).toEqual({ partChecksum: 'sha256' });
    expect(await saved()).toEqual([
      {
        address: `${storage.endpoint}/${storage.bucket}`,
        profile: { partChecksum: 'sha256' },
        checked_at: clock.now(),
      },
    ]);
  });

  it('is read where it was saved, and then remembered', async () => {
    await save(clock.now());
    const profile = source();
    expect(await profile()).toEqual({ partChecksum: 'none' });
    await db.query('delete from storage_profiles');
    expect(await profile()).toEqual({ partChecksum: 'none' });
    expect(await saved()).toEqual([]);
  });

  it('is asked again after thirty days, saved or remembered', async () => {
    await save(clock.now());
    const remembering = source();
    await remembering();
    clock.advance(30 * DAY_MS - 1);
    expect(await remembering()).toEqual({ partChecksum: 'none' });
    expect(await source()()).toEqual({ partChecksum: 'none' });
    clock.advance(1);
    expect(await remembering()).toEqual({ partChecksum: 'sha256' });
    expect(await saved()).toMatchObject([{ profile: { partChecksum: 'sha256' }, checked_at: clock.now() }]);
  });

  it('is asked again where another version saved something else', async () => {
    await save(clock.now());
    await db.query(`update storage_profiles set profile = '{"partChecksum":"crc64"}'`);
    expect(await source()()).toEqual({ partChecksum: 'sha256' });
  });

  it('is asked once by all who need it at the same time', async () => {
    const statements: string[] = [];
    const watched = {
      query: (sql: string, values: unknown[]) => {
        statements.push(sql.slice(0, 6));
        return db.query<unknown>(sql, values);
      },
    };
    const profile = savedProfile({ storage, client, db: watched, now: () => clock.now() });
    await Promise.all(Array.from({ length: 20 }, profile));
    expect(statements).toEqual(['select', 'insert']);
  });

  it('stays open while the storage is away, and is found when it is back', async () => {
    const profile = source();
    proxy.cut();
    await expect(profile()).rejects.toMatchObject({ name: 'StorageError', failure: 'unavailable' });
    expect(await saved()).toEqual([]);
    proxy.mend();
    expect(await profile()).toEqual({ partChecksum: 'sha256' });
  });
});
