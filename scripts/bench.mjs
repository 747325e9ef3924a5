// `npm run bench`: builds the product and the bench, then measures. The bench is compiled beside the product, so that
// what it measures in its own process is the compiled product too.
import { readdirSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { transformFile } from '@swc/core';
import { ROOT } from './build-stages.mjs';
import { build } from './build.mjs';

const { compilerOptions } = JSON.parse(readFileSync(join(ROOT, 'tsconfig.json'), 'utf8'));

const SWC = {
  swcrc: false,
  sourceMaps: 'inline',
  module: { type: 'commonjs' },
  jsc: {
    target: 'es2022',
    baseUrl: ROOT.replace(/\/$/, ''),
    paths: compilerOptions.paths,
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
};

async function compile(folder) {
  for (const name of readdirSync(join(ROOT, folder), { recursive: true })) {
    if (!name.endsWith('.ts')) continue;
    const { code } = await transformFile(join(ROOT, folder, name), SWC);
    const target = join(ROOT, 'dist', folder, name.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, code);
  }
}

if (await build(['server', 'sdk'])) {
  await compile('test/support');
  await compile('test/bench');
  await import('../dist/test/bench/main.js');
} else process.exitCode = 1;
