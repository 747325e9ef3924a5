import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Bytes } from './test-files';

export interface Fixture {
  name: string;
  contentType: string;
  path: string;
  read(): Promise<Bytes>;
}

const FOLDER = join(__dirname, '../fixtures');
const MODELS = join(dirname(require.resolve('@webxr-input-profiles/assets/package.json')), 'dist/profiles');

const fixture = (
  contentType: string,
  path: string,
  name = path.slice(path.lastIndexOf('/') + 1),
): Fixture => ({
  name,
  contentType,
  path,
  read: async () => Buffer.from(await readFile(path)),
});

/** Real files, as people have them. */
export const fixtures = {
  /** Stored lying, 1440 × 1080, with the EXIF orientation that makes it upright: sky above, sea below. */
  portrait: fixture('image/jpeg', join(FOLDER, 'portrait.jpg')),
  coast: fixture('image/jpeg', join(FOLDER, 'coast.jpg')),
  /** Round on transparent ground. */
  porthole: fixture('image/png', join(FOLDER, 'porthole.png')),
  dusk: fixture('image/webp', join(FOLDER, 'dusk.webp')),
  survey: fixture('application/pdf', join(FOLDER, 'survey.pdf')),
  /** A hand with a skeleton and a texture, as its makers publish it (MIT). */
  hand: fixture('model/gltf-binary', join(MODELS, 'generic-hand/left.glb'), 'left.glb'),
};
