import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: { index: 'src/index.ts', queue: 'src/queue/index.ts', react: 'src/react/index.ts' },
  format: ['esm', 'cjs'],
  dts: true,
  platform: 'neutral',
  tsconfig: 'tsconfig.build.json',
  target: 'es2022',
  sourcemap: true,
  clean: true,
  // Under "type": "module" the names in package.json are .js and .cjs; the default would be .mjs.
  fixedExtension: false,
});
