// What a build consists of; each stage is skipped while its sources are those of its last run.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

const inModules = (path) => join(ROOT, 'node_modules', path);
const SHARED = ['package-lock.json'];

/** `output` is the file whose absence tells that the stage never ran here. */
export const STAGES = [
  {
    name: 'server',
    sources: [
      ...SHARED,
      'tsconfig.json',
      'nest-cli.json',
      'apps/api',
      'apps/worker',
      'apps/standalone',
      'libs/core',
      'libs/platform',
      'libs/object-server',
    ],
    output: 'dist/apps/api/src/main.js',
    command: [inModules('@nestjs/cli/bin/nest.js'), 'build', '--all'],
  },
  {
    name: 'sdk',
    sources: [
      ...SHARED,
      'libs/sdk/package.json',
      'libs/sdk/tsconfig.json',
      'libs/sdk/tsdown.config.ts',
      'libs/sdk/src',
    ],
    output: 'libs/sdk/dist/index.js',
    command: [inModules('tsdown/dist/run.mjs')],
    folder: 'libs/sdk',
  },
  {
    name: 'dashboard',
    sources: [...SHARED, 'apps/dashboard', 'libs/sdk/src'],
    output: 'dist/apps/dashboard/index.html',
    command: [
      inModules('vite/bin/vite.js'),
      'build',
      '-c',
      'apps/dashboard/vite.config.mts',
      '--logLevel',
      'warn',
    ],
  },
];
