import { buffer } from 'node:stream/consumers';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { createS3Client } from '@slipway/platform/object-store/s3-client';
import { S3ObjectStore } from '@slipway/platform/object-store/s3-object-store';
import { md5Hex, type UseContext } from '../contract-context';

const ODD_NAMES = [
  'with space.png',
  'a+b=c&d%20e.png',
  "it's (1)!*.png",
  '漢字 é 🙂.jpg',
  'a//b/./c',
  '#?;,@$[]{}|^`"<>\\~',
];

const png = { contentType: 'image/png' };

export function describeObjects(use: UseContext): void {
  describe('needs of objects', () => {
    it('what was just written is read at once, byte for byte, with its size and type', async () => {
      const { store, newKey } = use();
      const key = newKey();
      const body = Buffer.from('the whole body');
      const before = Date.now();
      const { etag } = await store.put(key, body, png);
      const stat = await store.head(key);
      expect(stat).toMatchObject({ key, size: body.length, contentType: 'image/png', etag });
      expect(Math.abs((stat?.lastModified.getTime() ?? 0) - before)).toBeLessThan(120_000);
      expect(await buffer(await store.openRead(key))).toEqual(body);
    });

    it('an object of several megabytes comes back byte for byte', async () => {
      const { store, newKey } = use();
      const key = newKey();
      const body = Buffer.alloc(6 * 1024 * 1024 + 7, 'slipway 0123456789');
      await store.put(key, body, png);
      expect((await buffer(await store.openRead(key))).equals(body)).toBe(true);
    });

    it('an empty object is an object', async () => {
      const { store, newKey } = use();
      const key = newKey();
      await store.put(key, Buffer.alloc(0), png);
      expect(await store.head(key)).toMatchObject({ size: 0 });
      expect(await store.readRange(key, 0, 512)).toEqual(Buffer.alloc(0));
      expect(await buffer(await store.openRead(key))).toEqual(Buffer.alloc(0));
    });

    it('writing a key again replaces bytes, type and ETag', async () => {
      const { store, newKey } = use();
      const key = newKey();
      const first = await store.put(key, Buffer.from('first, longer'), png);
      const second = await store.put(key, Buffer.from('second'), { contentType: 'text/plain' });
      expect(second.etag).not.toBe(first.etag);
      expect(await store.head(key)).toMatchObject({ size: 6, contentType: 'text/plain', etag: second.etag });
      expect(String(await buffer(await store.openRead(key)))).toBe('second');
    });

    it('a cache-control given at writing is told at reading', async () => {
      const { store, client, bucket, newKey } = use();
      const key = newKey();
      await store.put(key, Buffer.from('x'), { ...png, cacheControl: 'private, max-age=60' });
      const found = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      await found.Body?.transformToByteArray();
      expect(found.CacheControl).toBe('private, max-age=60');
    });

    it('a missing object is told apart from a failure', async () => {
      const { store, newKey } = use();
      const key = newKey();
      expect(await store.head(key)).toBeNull();
      await expect(store.readRange(key, 0, 10)).rejects.toMatchObject({ failure: 'not_found' });
      await expect(store.openRead(key)).rejects.toMatchObject({ failure: 'not_found' });
    });

    it('a range is exact in the middle, shorter at the end and empty behind it', async () => {
      const { store, newKey } = use();
      const key = newKey();
      await store.put(key, Buffer.from('0123456789'), png);
      expect(String(await store.readRange(key, 0, 4))).toBe('0123');
      expect(String(await store.readRange(key, 3, 4))).toBe('3456');
      expect(String(await store.readRange(key, 8, 100))).toBe('89');
      expect(String(await store.readRange(key, 10, 5))).toBe('');
    });

    it.each(ODD_NAMES)('a key named %s is written, found, copied, listed and deleted', async (name) => {
      const { store, newKey } = use();
      const key = newKey(name);
      const target = newKey(name);
      const { etag } = await store.put(key, Buffer.from(name), png);
      await store.copy(key, target, { ifSourceMatch: etag });
      expect(String(await buffer(await store.openRead(target)))).toBe(name);
      expect((await store.list(key)).objects).toMatchObject([{ key, etag, size: Buffer.byteLength(name) }]);
      await store.delete(key);
      expect(await store.head(key)).toBeNull();
      expect(await store.head(target)).not.toBeNull();
    });

    it('writers at the same time leave the object of one of them, whole', async () => {
      const { store, newKey } = use();
      const key = newKey();
      const bodies = ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) =>
        Buffer.alloc(300_000 + letter.charCodeAt(0), letter),
      );
      await Promise.all(bodies.map((body) => store.put(key, body, png)));
      const found = await buffer(await store.openRead(key));
      expect(bodies.filter((body) => body.equals(found))).toHaveLength(1);
      expect(await store.head(key)).toMatchObject({ size: found.length });
    });

    it('a reader of an object that is replaced meanwhile gets the old or the new one, whole', async () => {
      const { store, newKey } = use();
      const key = newKey();
      const [old, other] = [Buffer.alloc(3_000_000, 'old '), Buffer.alloc(2_000_000, 'new ')];
      await store.put(key, old, png);
      const reading = await store.openRead(key);
      await store.put(key, other, png);
      const read = await buffer(reading);
      expect(read.equals(old) || read.equals(other)).toBe(true);
      expect((await buffer(await store.openRead(key))).equals(other)).toBe(true);
    });

    it('deleting is done when it answers, and deleting what is not there succeeds', async () => {
      const { store, newKey } = use();
      const key = newKey();
      await store.put(key, Buffer.from('x'), png);
      await store.delete(key);
      expect(await store.head(key)).toBeNull();
      await expect(store.delete(key)).resolves.toBeUndefined();
    });

    it('a bucket that answers is told from one that is not there and from a key it does not know', async () => {
      const { store, client, storage, bucket } = use();
      await expect(store.check()).resolves.toBeUndefined();
      await expect(new S3ObjectStore(client, 'slipway-no-such-bucket').check()).rejects.toMatchObject({
        failure: 'not_found',
      });
      const stranger = createS3Client({
        ...storage,
        credentials: { accessKeyId: 'nobody', secretAccessKey: 'nothing' },
      });
      await expect(new S3ObjectStore(stranger, bucket).check()).rejects.toMatchObject({ failure: 'refused' });
      stranger.destroy();
    });
  });

  describeCopies(use);
  describeLists(use);
}

function describeCopies(use: UseContext): void {
  describe('needs of copies inside the bucket', () => {
    it('a copy has the bytes, the type and the ETag of its source, so that it can be compared', async () => {
      const { store, newKey } = use();
      const [source, target] = [newKey(), newKey()];
      const body = Buffer.from('to be promoted');
      const { etag } = await store.put(source, body, png);
      const copied = await store.copy(source, target, { ifSourceMatch: etag });
      expect(copied.etag).toBe(etag);
      expect(await store.head(target)).toMatchObject({ size: body.length, contentType: 'image/png', etag });
      expect(await buffer(await store.openRead(target))).toEqual(body);
    });

    it('a source replaced meanwhile is either not copied or its copy is known by another ETag', async () => {
      const { store, newKey } = use();
      const [source, target] = [newKey(), newKey()];
      const verified = await store.put(source, Buffer.from('verified'), png);
      await store.put(source, Buffer.from('replaced'), png);
      const outcome = await store.copy(source, target, { ifSourceMatch: verified.etag }).then(
        async () =>
          (await store.head(target))?.etag === verified.etag ? 'unnoticed' : 'noticed by comparing',
        (error: { failure?: string }) => error.failure,
      );
      expect(['precondition_failed', 'noticed by comparing']).toContain(outcome);
      if (outcome === 'precondition_failed') expect(await store.head(target)).toBeNull();
    });

    it('a copy of nothing is reported as such and leaves nothing', async () => {
      const { store, newKey } = use();
      const target = newKey();
      const copying = store.copy(newKey(), target, { ifSourceMatch: md5Hex(Buffer.from('x')) });
      await expect(copying).rejects.toMatchObject({ failure: 'not_found' });
      expect(await store.head(target)).toBeNull();
    });
  });
}

function describeLists(use: UseContext): void {
  describe('needs of listing', () => {
    it('objects come in the byte order of their keys, page after page, each once', async () => {
      const { store, newKey } = use();
      const folder = `${newKey('list')}/`;
      const names = ['b', 'a', 'a/b', 'aa', 'B', 'ä', '漢', '～', '🙂', 'a b', 'z'];
      for (const name of names) await store.put(folder + name, Buffer.from(name), png);
      const seen: string[] = [];
      let next: string | null | undefined;
      do {
        const page = await store.list(folder, { limit: 4, ...(next ? { after: next } : {}) });
        expect(page.objects.length).toBeLessThanOrEqual(4);
        seen.push(...page.objects.map(({ key }) => key.slice(folder.length)));
        next = page.next;
      } while (next);
      expect(seen).toEqual(
        names.toSorted((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right))),
      );
    });

    it('a prefix without objects is an empty page, and the last page says that it is the last', async () => {
      const { store, newKey } = use();
      const folder = `${newKey('list')}/`;
      expect(await store.list(folder)).toEqual({ objects: [], next: null });
      await store.put(`${folder}only`, Buffer.from('x'), png);
      expect((await store.list(folder, { limit: 1 })).next).toBeNull();
    });
  });
}
