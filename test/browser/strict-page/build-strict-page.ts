import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeTestFolder } from '../../support/test-folder';

const ROOT = join(__dirname, '../../..');
const source = (path: string) => join(ROOT, 'libs/sdk/src', path);

/** With React's development build, the only one in which StrictMode mounts everything twice. */
const configOf = (folder: string) => ({
  root: ROOT,
  configFile: false,
  mode: 'development',
  logLevel: 'warn',
  define: { 'process.env.NODE_ENV': '"development"' },
  resolve: {
    alias: [
      { find: '@slipway/sdk/queue', replacement: source('queue/index.ts') },
      { find: '@slipway/sdk/react', replacement: source('react/index.ts') },
      { find: '@slipway/sdk', replacement: source('index.ts') },
    ],
  },
  build: {
    outDir: folder,
    lib: { entry: join(__dirname, 'strict-page.ts'), formats: ['iife'], name: 'page', fileName: 'page' },
    minify: false,
  },
});

/** A page of somebody who uses the SDK's hooks, as one script. */
export async function buildStrictPage(): Promise<string> {
  const folder = await makeTestFolder('strict-page');
  try {
    const script = join(folder.path, 'build.mjs');
    const config = JSON.stringify(configOf(folder.path));
    // Vite is an ES module that looks for its own files, and so it runs outside of Jest.
    await writeFile(
      script,
      `import { build } from '${join(ROOT, 'node_modules/vite/dist/node/index.js')}';\nawait build(${config});\n`,
    );
    await promisify(execFile)(process.execPath, [script]);
    return await readFile(join(folder.path, 'page.iife.js'), 'utf8');
  } finally {
    await folder.remove();
  }
}
