import { decodeQR } from 'qr/decode.js';
import sharp from 'sharp';
import { qrCodePng, qrCodeSvg } from './qr-code';

const ASSET_URL =
  'https://files.example.com/projects/PRJ-01JZ8Q4V7WX9Y3A5B6C7D8E9F0/assets/AST-01JZ8Q4V7WX9Y3A5B6C7D8E9F1';

async function read(picture: Buffer): Promise<string> {
  const { data, info } = await sharp(picture).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return decodeQR({ width: info.width, height: info.height, data });
}

test.each([
  ['an asset URL', ASSET_URL, 512],
  ['one character', 'x', 64],
  ['characters beyond ASCII', 'https://example.com/über/写真', 301],
  ['a long text', 'a'.repeat(600), 900],
])('the PNG of %s reads back', async (_title, text, size) => {
  const png = await qrCodePng(text, { size });
  expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width: size, height: size });
  expect(await read(png)).toBe(text);
});

test('the SVG reads back', async () => {
  const svg = await qrCodeSvg(ASSET_URL);
  expect(
    await read(await sharp(Buffer.from(svg)).resize(500, 500, { kernel: 'nearest' }).png().toBuffer()),
  ).toBe(ASSET_URL);
});

test('a quiet zone of at least four modules surrounds the code', async () => {
  const size = 512;
  const { data } = await sharp(await qrCodePng('x', { size }))
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const module = Math.floor(size / (21 + 8));
  const outer = [...data.keys()].filter((i) => Math.min(i % size, Math.floor(i / size)) < 4 * module);
  expect(outer.every((i) => data[i] === 255)).toBe(true);
});

test('pixels that cannot hold the modules are refused', async () => {
  await expect(qrCodePng(ASSET_URL, { size: 20 })).rejects.toThrow(RangeError);
});

test('a text that no code holds is refused', async () => {
  await expect(qrCodePng('a'.repeat(3000), { size: 1024 })).rejects.toThrow(/too big/);
});
