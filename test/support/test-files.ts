import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';

/** What `fetch` and `File` take as they are. */
export type Bytes = Buffer<ArrayBuffer>;

export interface TestFile {
  name: string;
  contentType: string;
  body: Bytes;
}

/** A PNG with enough detail to be a picture. */
export async function pngFile(): Promise<TestFile> {
  const noise = { type: 'gaussian' as const, mean: 120, sigma: 40 };
  const create = { width: 320, height: 200, channels: 3 as const, background: 'white', noise };
  const body = Buffer.from(await sharp({ create }).png().toBuffer());
  return { name: 'noise.png', contentType: 'image/png', body };
}

/** A real controller's textured model, as its makers publish it (MIT). */
export async function glbFile(): Promise<TestFile> {
  const root = dirname(require.resolve('@webxr-input-profiles/assets/package.json'));
  const body = Buffer.from(await readFile(join(root, 'dist/profiles/oculus-touch-v3/left.glb')));
  return { name: 'controller.glb', contentType: 'model/gltf-binary', body };
}

export const textFile = (text: string, name = 'note.txt', contentType = 'text/plain'): TestFile => ({
  name,
  contentType,
  body: Buffer.from(text),
});

export const sha256 = (body: Uint8Array): string => createHash('sha256').update(body).digest('base64');

export const asFile = ({ name, contentType, body }: TestFile): File =>
  new File([body], name, { type: contentType });
