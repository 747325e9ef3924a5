import { defineConfig } from 'tsdown';

/** What sends a file; comes with the first upload. */
const DELIVERY =
  /\/src\/upload\/(announce-file|explain-silence|file-delivery|put-[a-z]+|stall-watchdog|upload-source)\.ts$/;
/** What sends a file in parts; comes with the first large one. */
const PARTS = /\/src\/upload\/parts\/[a-z0-9-]+\.ts$/;
/** What asks for signed URLs; comes with the first one. */
const URLS = /\/src\/urls\/ask-for-urls\.ts$/;
/** The other entries, which bring chunks of their own, and declarations, which nobody loads. */
const APART = /\/src\/(index\.ts|(admin|people|queue|react|session)\/)|\/node_modules\/|\.d\.ts$/;

const isCore = (id: string): boolean => ![DELIVERY, PARTS, URLS, APART].some((apart) => apart.test(id));

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    admin: 'src/admin/index.ts',
    people: 'src/people/index.ts',
    queue: 'src/queue/index.ts',
    react: 'src/react/index.ts',
    session: 'src/session/index.ts',
  },
  format: ['esm', 'cjs'],
  dts: true,
  platform: 'neutral',
  tsconfig: 'tsconfig.build.json',
  target: 'es2022',
  sourcemap: true,
  clean: true,
  // Under "type": "module" the names in package.json are .js and .cjs; the default would be .mjs.
  fixedExtension: false,
  // What is bundled is no dependency of those who install the package.
  deps: { onlyBundle: ['@noble/hashes'] },
  // Left alone, the bundler cuts what several of them share into a handful of small files.
  outputOptions: {
    advancedChunks: {
      groups: [
        { name: 'core', test: isCore },
        { name: 'delivery', test: DELIVERY },
        { name: 'parts', test: PARTS },
        { name: 'urls', test: URLS },
      ],
    },
  },
});
