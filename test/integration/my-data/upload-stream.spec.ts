import { randomBytes } from 'node:crypto';
import { StorageError } from '@slipway/platform/object-store/storage-error';
import { abortUploadsOf, uploadStream } from '@slipway/platform/object-store/upload-stream';
import { describeCore } from '../../support/describe-core';

const MIB = 1024 * 1024;
const PART = 5 * MIB;

describeCore('a body of unknown length', (stage) => {
  const objects = () => stage.world.deps.objects;
  let object: { key: string; contentType: string; expectedSize: number; partSize: number };

  beforeEach(() => {
    const key = `exports/stream/${randomBytes(6).toString('hex')}.zip`;
    object = { key, contentType: 'application/zip', expectedSize: 0, partSize: PART };
  });

  async function* chunksOf(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }

  const leftovers = async () => (await objects().listMultiparts(object.key)).uploads;

  test.each([
    ['of one part', 3 * MIB, 64 * 1024],
    ['of exactly two parts', 2 * PART, 1_000_003],
    ['of two parts and a byte', 2 * PART + 1, 64 * 1024],
    ['in one piece that is larger than a part', 2 * PART + 77, 3 * PART],
  ])('%s arrives as it was sent', async (_, length, size) => {
    const bytes = randomBytes(length);
    expect(await uploadStream(objects(), object, chunksOf(bytes, size))).toBe(length);
    expect(await objects().head(object.key)).toMatchObject({ size: length, contentType: 'application/zip' });
    expect((await objects().readRange(object.key, 0, length)).equals(bytes)).toBe(true);
    expect(await leftovers()).toEqual([]);
  });

  test('that breaks off leaves nothing', async () => {
    async function* broken(): AsyncGenerator<Buffer> {
      yield randomBytes(PART + 1);
      throw new StorageError('unavailable', 'cut');
    }
    await expect(uploadStream(objects(), object, broken())).rejects.toThrow('cut');
    expect(await objects().head(object.key)).toBeNull();
    expect(await leftovers()).toEqual([]);
  });

  test('whose writer died is cleared away, and no other', async () => {
    const options = { contentType: 'application/zip', checksum: 'none' } as const;
    await objects().createMultipart(object.key, options);
    const other = await objects().createMultipart(`${object.key}.other`, options);
    await abortUploadsOf(objects(), object.key);
    expect(await leftovers()).toMatchObject([{ key: other.key }]);
    await objects().abortMultipart(other);
  });
});
