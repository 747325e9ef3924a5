import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { contentMatches } from './content-rule';
import { detectContentType, SNIFF_BYTES } from './detect-content-type';

/** Larger than what is looked at, so that every test sees a beginning only. */
const picture = () =>
  sharp({
    create: {
      width: 400,
      height: 300,
      channels: 3,
      background: '#a40',
      noise: { type: 'gaussian', mean: 120, sigma: 30 },
    },
  });

const firstBytes = (file: Buffer) => file.subarray(0, SNIFF_BYTES);
const controller = () =>
  readFile(require.resolve('@webxr-input-profiles/assets/dist/profiles/generic-hand/left.glb'));

const FILES: [string, () => Promise<Buffer>][] = [
  ['image/jpeg', () => picture().jpeg().toBuffer()],
  ['image/png', () => picture().png().toBuffer()],
  ['image/webp', () => picture().webp().toBuffer()],
  ['image/gif', () => picture().gif().toBuffer()],
  ['image/avif', () => picture().avif({ effort: 0 }).toBuffer()],
  ['image/tiff', () => picture().tiff().toBuffer()],
  ['model/gltf-binary', controller],
  ['application/gzip', () => controller().then((glb) => gzipSync(glb))],
];

test.each(FILES)(
  'a real file is recognised as %s by its beginning, and passes as no other',
  async (type, make) => {
    const beginning = firstBytes(await make());
    const detected = await detectContentType(beginning);
    const passes = FILES.map(([declared]) => declared).filter((declared) =>
      contentMatches(declared, detected, beginning),
    );
    expect(passes).toEqual([type]);
  },
);

test('a TIFF is recognised in either byte order, wherever its directory lies', async () => {
  expect(await detectContentType(Buffer.from('MM\0*\0\0\xff\xff', 'latin1'))).toBe('image/tiff');
  expect(await detectContentType(Buffer.from('II*\0\xff\xff\0\0', 'latin1'))).toBe('image/tiff');
});

test('a PDF may begin with other bytes', async () => {
  expect(await detectContentType(Buffer.from('\n%PDF-1.7\n'))).toBe('application/pdf');
  expect(await detectContentType(Buffer.from(`${'x'.repeat(2000)}%PDF-1.7\n`))).toBeNull();
});

test.each(['', '<!doctype html><p>not a picture</p>', '{"asset":{}}', '\0'.repeat(100)])(
  'bytes without a signature have no type: %j',
  async (text) => {
    expect(await detectContentType(Buffer.from(text))).toBeNull();
  },
);

test('a beginning that breaks off anywhere never fails', async () => {
  const files = await Promise.all(FILES.map(([, make]) => make()));
  for (const file of files) {
    for (let length = 0; length < 128; length += 1) {
      const detected = await detectContentType(file.subarray(0, length));
      expect(detected === null || detected.includes('/')).toBe(true);
    }
  }
});
