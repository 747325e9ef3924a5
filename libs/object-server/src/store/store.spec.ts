import { mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '../server-logger';
import type { ObjectRecord } from './records';
import { FolderInUseError } from './lock-folder';
import { openStore, type Store } from './store';

const BUCKET = 'bucket';
let folder: string;
let store: Store;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'store-'));
  store = await openStore(folder, silentLogger);
  await store.buckets.create(BUCKET, 0);
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

async function* bytes(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}

const record = async (key: string, text: string): Promise<ObjectRecord> => {
  const piece = await store.pieces.receive(bytes(text));
  const attributes = { headers: {}, metadata: {}, tags: {} };
  return {
    key,
    size: text.length,
    etag: 'e',
    lastModified: 0,
    checksum: null,
    pieces: [piece],
    ...attributes,
  };
};

const reopen = async (): Promise<void> => {
  await store.close();
  store = await openStore(folder, silentLogger);
};

const countPieces = async (): Promise<number> => {
  const entries = await readdir(join(folder, 'pieces'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
};

test('a piece that no object came to own is removed at the next start', async () => {
  await store.objects.put(BUCKET, await record('kept', 'a'));
  await record('never put', 'b');
  expect(await countPieces()).toBe(2);
  await reopen();
  expect(await countPieces()).toBe(1);
  expect(store.objects.find(BUCKET, 'kept')?.size).toBe(1);
});

test('a write that is refused leaves neither object nor piece', async () => {
  const refuse = (): never => {
    throw new Error('refused');
  };
  await expect(store.objects.put(BUCKET, await record('key', 'a'), refuse)).rejects.toThrow('refused');
  await expect(store.objects.put('no-such-bucket', await record('key', 'a'))).rejects.toThrow(
    'does not exist',
  );
  expect([store.objects.find(BUCKET, 'key'), await countPieces()]).toEqual([undefined, 0]);
});

test('a piece that is being read outlives its object until the reader is done', async () => {
  await store.objects.put(BUCKET, await record('key', 'old'));
  const { pieces } = store.objects.require(BUCKET, 'key');
  const [first, second] = [store.pieces.hold(pieces), store.pieces.hold(pieces)];
  await store.objects.put(BUCKET, await record('key', 'new'));
  await first();
  const chunks = [];
  for await (const chunk of store.pieces.read(pieces, { start: 0, end: 2 })) chunks.push(chunk);
  expect(String(Buffer.concat(chunks))).toBe('old');
  await second();
  expect(await countPieces()).toBe(1);
});

test('a stream that breaks leaves no piece', async () => {
  async function* breaking(): AsyncGenerator<Buffer> {
    yield Buffer.alloc(3_000_000);
    throw new Error('cut off');
  }
  await expect(store.pieces.receive(breaking())).rejects.toThrow('cut off');
  expect(await countPieces()).toBe(0);
});

test('a bucket can be deleted only when it is empty, and takes its configuration along', async () => {
  await store.objects.put(BUCKET, await record('key', 'a'));
  await store.buckets.putConfiguration(BUCKET, { cors: { rules: [] } });
  await expect(store.buckets.delete(BUCKET)).rejects.toMatchObject({ code: 'BucketNotEmpty' });
  await store.objects.delete(BUCKET, 'key');
  await store.buckets.delete(BUCKET);
  await store.buckets.create(BUCKET, 0);
  expect(store.buckets.configuration(BUCKET, 'cors')).toBeUndefined();
});

test('two servers cannot have one folder, by whatever name', async () => {
  await expect(openStore(folder, silentLogger)).rejects.toThrow(FolderInUseError);
  await symlink(folder, `${folder}-link`);
  await expect(openStore(`${folder}-link`, silentLogger)).rejects.toThrow(FolderInUseError);
  await rm(`${folder}-link`);
});

test('a folder that is a file is refused with its reason', async () => {
  const path = join(folder, 'file');
  await writeFile(path, '');
  await expect(openStore(path, silentLogger)).rejects.toThrow(/EEXIST|ENOTDIR/);
});
