import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '../server-logger';
import type { ObjectRecord } from '../store/records';
import { openStore, type Store } from '../store/store';
import { sweepExpired } from './sweep';

const DAY = 24 * 60 * 60 * 1000;
const BUCKET = 'bucket';
let folder: string;
let store: Store;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sweep-'));
  store = await openStore(folder, silentLogger);
  await store.buckets.create(BUCKET, 0);
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

async function* bytes(): AsyncGenerator<Buffer> {
  yield Buffer.from('bytes');
}

const attributes = { headers: {}, metadata: {}, tags: {} };

const put = async (key: string, lastModified: number): Promise<void> => {
  const piece = await store.pieces.receive(bytes());
  const record: ObjectRecord = {
    key,
    size: 5,
    etag: 'e',
    lastModified,
    checksum: null,
    pieces: [piece],
    ...attributes,
  };
  await store.objects.put(BUCKET, record);
};

const keys = (): string[] => store.objects.scan(BUCKET, { after: '', limit: 10 }).map((object) => object.key);

const countPieces = async (): Promise<number> => {
  const entries = await readdir(join(folder, 'pieces'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
};

test('what has expired is deleted with its bytes, and nothing else', async () => {
  await store.buckets.putConfiguration(BUCKET, {
    lifecycle: { rules: [{ isEnabled: true, prefix: 'incoming/', expirationDays: 1, abortUploadDays: 7 }] },
  });
  await put('incoming/old', 0);
  await put('incoming/young', 9.5 * DAY);
  await put('projects/old', 0);
  await store.uploads.create(BUCKET, {
    uploadId: 'u1',
    key: 'incoming/big',
    initiated: 0,
    checksum: null,
    ...attributes,
  });
  await store.uploads.create(BUCKET, {
    uploadId: 'u2',
    key: 'incoming/big',
    initiated: 9 * DAY,
    checksum: null,
    ...attributes,
  });

  await sweepExpired(store, 10 * DAY);
  expect(keys()).toEqual(['incoming/young', 'projects/old']);
  expect(store.uploads.all(BUCKET).map((upload) => upload.uploadId)).toEqual(['u2']);
  expect(await countPieces()).toBe(2);
});

test('a bucket without rules keeps everything', async () => {
  await put('old', 0);
  await sweepExpired(store, 10_000 * DAY);
  expect(keys()).toEqual(['old']);
});
