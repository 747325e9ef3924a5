import { setTimeout as sleep } from 'node:timers/promises';
import { Asset } from '@slipway/core/assets/asset.entity';
import { deleteAsset } from '@slipway/core/assets/delete-asset';
import { Rendition } from '@slipway/core/renditions/rendition.entity';
import type { Principal } from '@slipway/core/shared/principal';
import { cancelUpload } from '@slipway/core/uploads/cancel-upload';
import sharp from 'sharp';
import { environmentOf } from '../support/api-process';
import { createCoreWorld, type CoreWorld } from '../support/core-world';
import { embeddedStorage, type RunningStorage } from '../support/object-stores';
import { startProcess, type TestProcess } from '../support/processes';
import { createTestDatabase, type TestDatabase } from '../support/test-database';
import { glbFile, pngFile, type TestFile } from '../support/test-files';
import { begin, complete, send } from '../support/upload-steps';

let storage: RunningStorage;
let database: TestDatabase;
let world: CoreWorld;
let worker: TestProcess;
let user: Principal;
let projectId: string;

const startWorker = async (): Promise<TestProcess> => {
  const started = startProcess('apps/worker/src/main.js', {
    env: { ...environmentOf(database.url, storage), LOG_LEVEL: 'debug' },
  });
  await started.untilOutput(/Worker connected/);
  return started;
};

beforeAll(async () => {
  storage = await embeddedStorage.start();
  database = await createTestDatabase();
  world = await createCoreWorld(storage, database);
  user = await world.newUser();
  projectId = (await world.newProject(user)).id;
  worker = await startWorker();
});

afterAll(async () => {
  await worker.stop();
  await world.close();
  await storage.stop();
});

/** The asset of an uploaded file once nothing more is made of it, with its renditions by name. */
async function processed(file: TestFile) {
  const begun = await begin(world, user, { projectId, file });
  await send(begun, file.body);
  const { asset } = await complete(world, user, begun.upload);
  const published = await until(async () => {
    const found = await world.deps.db.manager.findOneByOrFail(Asset, { id: asset.id });
    return found.status === 'Published' ? found : null;
  });
  const renditions = await world.deps.db.manager.findBy(Rendition, { assetId: asset.id });
  return { asset: published, renditions: Object.fromEntries(renditions.map((one) => [one.name, one])) };
}

async function until<Found>(look: () => Promise<Found | null>): Promise<Found> {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    const found = await look();
    if (found !== null) return found;
    await sleep(20);
  }
  throw new Error(`It did not happen within 30 s. The worker said:\n${worker.output}`);
}

const noneWaits = (job: string) =>
  until(async () => ((await world.waitingJobs(job)).length === 0 ? true : null));

const read = (key: string) => world.deps.objects.readRange(key, 0, 1_000_000);

test('a picture gets a thumbnail, a QR code and its dimensions', async () => {
  const { asset, renditions } = await processed(await pngFile());
  expect(asset).toMatchObject({ width: 320, height: 200, thumbnailKey: renditions['thumbnail']?.key });
  expect(renditions['thumbnail']).toMatchObject({
    status: 'ready',
    contentType: 'image/jpeg',
    width: 320,
    height: 200,
  });
  expect(renditions['qr-code']).toMatchObject({ status: 'ready', contentType: 'image/png' });
  expect(await sharp(await read(renditions['thumbnail']?.key ?? '')).metadata()).toMatchObject({
    format: 'jpeg',
    width: 320,
  });
  expect(await sharp(await read(renditions['qr-code']?.key ?? '')).metadata()).toMatchObject({
    format: 'png',
    width: 512,
  });
});

test('a damaged picture is published, and its owner learns why it has no thumbnail', async () => {
  const photo = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#147' } })
    .jpeg()
    .toBuffer();
  const body = Buffer.from(photo.subarray(0, photo.length / 2));
  const { asset, renditions } = await processed({ name: 'damaged.jpg', contentType: 'image/jpeg', body });
  expect(asset.thumbnailKey).toBeNull();
  expect(renditions['thumbnail']).toMatchObject({
    status: 'failed',
    reason: 'The image is damaged: premature end of JPEG image.',
  });
  expect(renditions['qr-code']).toMatchObject({ status: 'ready' });
});

test('a model gets a QR code, and no thumbnail is tried', async () => {
  const { renditions } = await processed(await glbFile());
  expect(Object.keys(renditions)).toEqual(['qr-code']);
});

test('the objects of a deleted asset go', async () => {
  const { asset, renditions } = await processed(await pngFile());
  await deleteAsset(user, asset.id, world.deps);
  const keys = [asset.fileKey, ...Object.values(renditions).map(({ key }) => key)];
  expect(keys).toHaveLength(3);
  await noneWaits('purge-asset-objects');
  expect(await Promise.all(keys.map((key) => world.deps.objects.head(key)))).toEqual([null, null, null]);
});

test('the object of a cancelled upload goes', async () => {
  const file = await pngFile();
  const begun = await begin(world, user, { projectId, file });
  await send(begun, file.body);
  expect(await world.deps.objects.head(begun.upload.incomingKey)).not.toBeNull();
  await cancelUpload(user, begun.upload.assetId, world.deps);
  await noneWaits('discard-object');
  expect(await world.deps.objects.head(begun.upload.incomingKey)).toBeNull();
});

test('a worker that is told to stop ends in order, and what was waiting is done by the next', async () => {
  expect(await worker.stop()).toEqual({ code: 0, signal: null });
  const file = await pngFile();
  const begun = await begin(world, user, { projectId, file });
  await send(begun, file.body);
  const { asset } = await complete(world, user, begun.upload);
  expect(await world.waitingJobs('generate-rendition')).toHaveLength(2);
  worker = await startWorker();
  await noneWaits('generate-rendition');
  expect(await world.deps.db.manager.findOneByOrFail(Asset, { id: asset.id })).toMatchObject({
    status: 'Published',
  });
});

test('a worker that cannot reach its database says so in one line and ends', async () => {
  const env = environmentOf(database.url.replace(/:\d+\//, ':1/'), storage);
  const lonely = startProcess('apps/worker/src/main.js', { env });
  expect(await lonely.exited).toEqual({ code: 1, signal: null });
  expect(lonely.output.trim()).toMatch(/^[^\n]*(database|ECONNREFUSED)[^\n]*$/i);
});
