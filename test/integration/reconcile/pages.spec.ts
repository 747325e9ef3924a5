import { objectKey } from '@slipway/platform/object-store/object-key';
import { seedAssets } from '../../bench/seed-assets';
import { createCoreWorld, type CoreWorld } from '../../support/core-world';
import { embeddedStorage, type RunningStorage } from '../../support/object-stores';
import { inOrder, storageWith, sweep, type Found } from '../../support/reconcile-steps';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';

let storage: RunningStorage;
let database: TestDatabase;
let world: CoreWorld;
let projectId: string;

beforeAll(async () => {
  storage = await embeddedStorage.start();
  database = await createTestDatabase();
  world = await createCoreWorld(storage, database);
  projectId = (await world.newProject(await world.newUser())).id;
});

afterAll(async () => {
  await world.close();
  await storage.stop();
});

test('a run goes through many pages of both sides, and misses nothing at their borders', async () => {
  const count = 3_500;
  await seedAssets(database.ownerUrl, { projectId, count });
  const rows = await world.deps.db.query<{ id: string; file_key: string }[]>(
    'select id, file_key from assets where project_id = $1 order by file_key collate "C"',
    [projectId],
  );
  const isLost = (index: number) => index % 500 === 0 || index === count - 1;
  const kept = rows.filter((_, index) => !isLost(index));
  const extra = rows.filter((_, index) => index % 999 === 0).map(({ file_key }) => `${file_key}.copy`);
  const listed = [...kept.map(({ file_key }) => file_key), ...extra].toSorted();
  const objects = storageWith(world.deps.objects, {
    head: async () => null,
    list: async (prefix, { after } = {}) => {
      const from = after === undefined ? 0 : listed.indexOf(after) + 1;
      const page = prefix === objectKey.projectsPrefix ? listed.slice(from, from + 1_000) : [];
      const lastModified = new Date(0);
      const next = from + 1_000 < listed.length && page.length > 0 ? (page.at(-1) ?? null) : null;
      return { objects: page.map((key) => ({ key, size: 1, etag: 'etag', lastModified })), next };
    },
  });
  const lost = rows.filter((_, index) => isLost(index));
  const { run, found } = await sweep({ ...world.deps, objects }, { dryRun: true });
  expect(run.objects).toBe(listed.length);
  expect(found).toEqual(
    inOrder([
      ...lost.map(({ id, file_key }): Found => ['missing_object', { key: file_key, asset_id: id }]),
      ...extra.map((key): Found => ['stray_object', { key, asset_id: objectKey.assetIdOf(key) ?? '' }]),
    ]),
  );
});
