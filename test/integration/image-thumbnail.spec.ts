import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { createThumbnailer, canThumbnail } from '@slipway/platform/media/thumbnailer';
import sharp, { type Sharp } from 'sharp';

const BOX = { width: 400, height: 300 };
const thumbnailer = createThumbnailer({ concurrency: 2 });
let folder: string;
let files = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function outcomeFor(content: Buffer | string, contentType: string) {
  const file = join(folder, `${(files += 1)}`);
  await writeFile(file, content);
  return thumbnailer.thumbnail({ file, contentType }, BOX);
}

async function thumbnailOf(content: Buffer | string, contentType: string) {
  const outcome = await outcomeFor(content, contentType);
  if (!outcome.ok) throw new Error(`${outcome.message} ${outcome.detail ?? ''}`);
  return outcome.result;
}

const RED = { r: 220, g: 20, b: 20 };
const GREEN = { r: 20, g: 180, b: 20 };
const BLUE = { r: 20, g: 20, b: 220 };
const WHITE = { r: 255, g: 255, b: 255 };
type Colour = typeof RED;

const plain = (background: Colour, size = { width: 800, height: 600 }) =>
  sharp({ create: { ...size, channels: 3, background } });

/** A landscape whose left half is red and right half is blue. */
const halves = (): Sharp =>
  sharp({ create: { width: 800, height: 400, channels: 3, background: RED } }).composite([
    { input: { create: { width: 400, height: 400, channels: 3, background: BLUE } }, left: 400, top: 0 },
  ]);

/** The colour at a place given in parts of width and height. */
async function colourAt(picture: Buffer, x: number, y: number): Promise<Colour> {
  const { data, info } = await sharp(picture).raw().toBuffer({ resolveWithObject: true });
  const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels;
  return { r: data[at] ?? 0, g: data[at + 1] ?? 0, b: data[at + 2] ?? 0 };
}

/** JPEG moves colours a little: at most 50 of 255 here. */
const near = ({ r, g, b }: Colour) => ({
  r: expect.closeTo(r, -2) as number,
  g: expect.closeTo(g, -2) as number,
  b: expect.closeTo(b, -2) as number,
});

test.each([
  ['jpeg', 'image/jpeg'],
  ['png', 'image/png'],
  ['webp', 'image/webp'],
  ['gif', 'image/gif'],
  ['tiff', 'image/tiff'],
  ['avif', 'image/avif'],
] as const)(
  '%s becomes a JPEG inside 400 × 300 that tells the size of the original',
  async (format, contentType) => {
    expect(canThumbnail(contentType)).toBe(true);
    const made = await thumbnailOf(await halves().toFormat(format).toBuffer(), contentType);
    expect(made).toMatchObject({
      contentType: 'image/jpeg',
      width: 400,
      height: 200,
      original: { width: 800, height: 400 },
    });
    expect(await sharp(made.bytes).metadata()).toMatchObject({ format: 'jpeg', width: 400, height: 200 });
    expect(await colourAt(made.bytes, 0.1, 0.5)).toEqual(near(RED));
    expect(await colourAt(made.bytes, 0.9, 0.5)).toEqual(near(BLUE));
  },
);

test('a small picture keeps its size', async () => {
  const png = await plain(GREEN, { width: 32, height: 20 }).png().toBuffer();
  expect(await thumbnailOf(png, 'image/png')).toMatchObject({ width: 32, height: 20 });
});

/** Where the red half is seen after each EXIF orientation, as x and y in parts; EXIF 2.32, tag 0112. */
test.each([
  [1, 0.1, 0.5],
  [2, 0.9, 0.5],
  [3, 0.9, 0.5],
  [4, 0.1, 0.5],
  [5, 0.5, 0.1],
  [6, 0.5, 0.1],
  [7, 0.5, 0.9],
  [8, 0.5, 0.9],
])('a photo with EXIF orientation %i stands upright', async (orientation, x, y) => {
  const photo = await halves().withMetadata({ orientation }).jpeg().toBuffer();
  const made = await thumbnailOf(photo, 'image/jpeg');
  const turned = orientation >= 5;
  expect(made.original).toMatchObject(turned ? { width: 400, height: 800 } : { width: 800, height: 400 });
  expect(made).toMatchObject(turned ? { width: 150, height: 300 } : { width: 400, height: 200 });
  expect(await colourAt(made.bytes, x, y)).toEqual(near(RED));
  expect(await colourAt(made.bytes, 1 - x, 1 - y)).toEqual(near(BLUE));
});

test('where a photo was taken does not travel with its thumbnail', async () => {
  const photo = await halves()
    .withExif({ IFD0: { Copyright: 'somebody' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
    .withIccProfile('p3')
    .jpeg()
    .toBuffer();
  expect((await sharp(photo).metadata()).exif).toBeDefined();
  const { bytes } = await thumbnailOf(photo, 'image/jpeg');
  const { exif, icc, xmp } = await sharp(bytes).metadata();
  expect([exif, icc, xmp]).toEqual([undefined, undefined, undefined]);
});

test('a CMYK photo has its colours', async () => {
  const photo = await plain(RED).toColourspace('cmyk').jpeg().toBuffer();
  expect((await sharp(photo).metadata()).space).toBe('cmyk');
  const { bytes } = await thumbnailOf(photo, 'image/jpeg');
  expect((await sharp(bytes).metadata()).space).toBe('srgb');
  expect(await colourAt(bytes, 0.5, 0.5)).toEqual(near(RED));
});

test('a PNG of 16 bits a channel has its colours', async () => {
  const png = await plain(BLUE).toColourspace('rgb16').png().toBuffer();
  expect((await sharp(png).metadata()).depth).toBe('ushort');
  expect(await colourAt((await thumbnailOf(png, 'image/png')).bytes, 0.5, 0.5)).toEqual(near(BLUE));
});

test('a transparent PNG stands on white', async () => {
  const background = { r: 0, g: 0, b: 0, alpha: 0 };
  const png = await sharp({ create: { width: 500, height: 500, channels: 4, background } })
    .png()
    .toBuffer();
  expect(await colourAt((await thumbnailOf(png, 'image/png')).bytes, 0.5, 0.5)).toEqual(near(WHITE));
});

test.each([
  ['gif', 'image/gif'],
  ['webp', 'image/webp'],
] as const)('an animated %s shows its first frame', async (format, contentType) => {
  const frames = await Promise.all([RED, GREEN, BLUE].map((colour) => plain(colour).png().toBuffer()));
  const animation = await sharp(frames, { join: { animated: true } })
    .toFormat(format)
    .toBuffer();
  expect((await sharp(animation).metadata()).pages).toBe(3);
  const made = await thumbnailOf(animation, contentType);
  expect(made.original).toMatchObject({ width: 800, height: 600 });
  expect(await colourAt(made.bytes, 0.5, 0.5)).toEqual(near(RED));
});

describe('a file that cannot be decoded is refused for good, with a reason', () => {
  const refused = (message: RegExp) => ({
    ok: false,
    reason: 'input',
    permanent: true,
    message: expect.stringMatching(message) as string,
  });

  test('a JPEG that breaks off', async () => {
    const photo = await plain(RED, { width: 2000, height: 1500 }).jpeg().toBuffer();
    const half = photo.subarray(0, photo.length / 2);
    expect(await outcomeFor(half, 'image/jpeg')).toEqual(
      refused(/^The image is damaged: premature end of JPEG image\.$/),
    );
  });

  test.each(['png', 'webp', 'gif', 'tiff', 'avif'] as const)('a %s that breaks off', async (format) => {
    const whole = await halves().toFormat(format).toBuffer();
    const outcome = await outcomeFor(whole.subarray(0, Math.floor(whole.length / 2)), `image/${format}`);
    expect(outcome).toEqual(refused(/^The (image is damaged|file is not an image)/));
    expect(outcome).not.toMatchObject({ message: expect.stringContaining(folder) });
  });

  test('what is no image at all', async () => {
    expect(await outcomeFor('<html>', 'image/png')).toEqual(
      refused(/^The file is not an image that can be read\.$/),
    );
  });

  test('an image of another type than declared, whose decoder stays shut', async () => {
    const gif = await plain(RED).gif().toBuffer();
    expect(await outcomeFor(gif, 'image/png')).toEqual(
      refused(/^The file is not an image that can be read\.$/),
    );
  });

  test('a PNG of 2.5 billion pixels in a few kilobytes', async () => {
    expect(await outcomeFor(hugePng(50_000), 'image/png')).toEqual(
      refused(/more pixels than can be decoded/),
    );
  });

  test('an SVG that is no XML', async () => {
    expect(await outcomeFor('<svg xmlns="http://www.w3.org/2000/svg"><rect', 'image/svg+xml')).toEqual(
      refused(/^The image is damaged/),
    );
  });

  test.each(['image/heic', 'application/pdf', 'model/gltf-binary', 'toString'])(
    '%s, for which no decoder is here',
    async (type) => {
      expect(canThumbnail(type)).toBe(false);
      expect(await outcomeFor('', type)).toEqual(refused(/^No thumbnail can be made of/));
    },
  );
});

test('a file that has gone is a failure of the server, to be tried again', async () => {
  const outcome = await thumbnailer.thumbnail({ file: join(folder, 'gone'), contentType: 'image/png' }, BOX);
  expect(outcome).toMatchObject({ ok: false, reason: 'crash', permanent: false });
});

const svg = (attributes: string, body: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${body}</svg>`;

describe('an SVG', () => {
  test('is drawn at the size of the thumbnail and tells its own', async () => {
    const icon = svg('width="24" height="24"', '<rect width="12" height="24" fill="rgb(220,20,20)"/>');
    const made = await thumbnailOf(icon, 'image/svg+xml');
    expect(made).toMatchObject({
      width: 300,
      height: 300,
      original: { width: 24, height: 24, format: 'svg' },
    });
    expect(await colourAt(made.bytes, 0.48, 0.5)).toEqual(near(RED));
    expect(await colourAt(made.bytes, 0.52, 0.5)).toEqual(near(WHITE));
  });

  test('may be a poster of a billion pixels, since only the thumbnail is drawn', async () => {
    const poster = svg(
      'width="40000" height="30000"',
      '<rect width="100%" height="100%" fill="rgb(20,20,220)"/>',
    );
    const made = await thumbnailOf(poster, 'image/svg+xml');
    expect(made).toMatchObject({ width: 400, height: 300, original: { width: 40_000, height: 30_000 } });
    expect(await colourAt(made.bytes, 0.5, 0.5)).toEqual(near(BLUE));
  });

  test('reads no file beside it and none by its path', async () => {
    const secret = join(folder, 'secret.png');
    await plain(RED).png().toFile(secret);
    const references = ['secret.png', secret, `file://${secret}`].map(
      (href) => `<image href="${href}" width="400" height="300"/>`,
    );
    const made = await thumbnailOf(svg('width="400" height="300"', references.join('')), 'image/svg+xml');
    expect(await colourAt(made.bytes, 0.5, 0.5)).toEqual(near(WHITE));
  });

  test('that never ends drawing is ended', async () => {
    const impatient = createThumbnailer({ concurrency: 1, limits: { timeoutMs: 1_500 } });
    const levels = Array.from(
      { length: 9 },
      (_, n) => `<g id="l${n + 1}">${`<use href="#l${n}"/>`.repeat(9)}</g>`,
    );
    const file = join(folder, 'bomb.svg');
    await writeFile(
      file,
      svg(
        'width="400" height="300"',
        `<defs><rect id="l0" width="9" height="9"/>${levels.join('')}</defs><use href="#l9"/>`,
      ),
    );
    const outcome = await impatient.thumbnail({ file, contentType: 'image/svg+xml' }, BOX);
    expect(outcome).toMatchObject({ ok: false, reason: 'timeout' });
  });
});

test('more pictures than slots come out, each its own', async () => {
  const sides = [50, 60, 70, 80, 90];
  const pictures = await Promise.all(
    sides.map((side) => plain(GREEN, { width: side, height: side }).png().toBuffer()),
  );
  const made = await Promise.all(pictures.map((picture) => thumbnailOf(picture, 'image/png')));
  expect(made.map(({ width }) => width)).toEqual(sides);
});

/** A valid header over too little data; the size is refused before the data is looked at. */
function hugePng(side: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2], 8);
  const chunks = [
    ['IHDR', header],
    ['IDAT', deflateSync(Buffer.alloc(100_000))],
    ['IEND', Buffer.alloc(0)],
  ] as const;
  const framed = chunks.map(([type, data]) => {
    const frame = Buffer.alloc(data.length + 12);
    frame.writeUInt32BE(data.length, 0);
    frame.write(type, 4, 'latin1');
    data.copy(frame, 8);
    frame.writeUInt32BE(crc32(frame.subarray(4, -4)), data.length + 8);
    return frame;
  });
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...framed]);
}
