import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { ERROR_CODES } from '@slipway/core/shared/errors';
import { makeTestFolder } from '../support/test-folder';

const ROOT = join(__dirname, '../..');
const SDK = join(ROOT, 'libs/sdk');
const KIB = 1024;
const BUDGET = { index: 7 * KIB, queue: 2.5 * KIB, react: 3 * KIB };

/** A project of somebody else that has installed the package. */
let consumer: string;
let installed: string;
let folder: Awaited<ReturnType<typeof makeTestFolder>>;

const run = promisify(execFile);

/** Runs a tool of this repository; what it printed comes back, and with it the reason when it fails. */
async function tool(script: string, args: string[], cwd: string): Promise<string> {
  try {
    const { stdout, stderr } = await run(process.execPath, [join(ROOT, script), ...args], { cwd });
    return stdout + stderr;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${script} failed:\n${stdout}${stderr}`, { cause: error });
  }
}

const build = (...args: string[]) => tool('node_modules/tsdown/dist/run.mjs', args, SDK);
const manifest = () =>
  JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Record<string, unknown>;

/** Under the strictest rules a consumer may have, which look into the package's declarations too. Gives the faults. */
async function compile(lib: string[], include: string): Promise<string> {
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2022',
    lib,
    jsx: 'react-jsx',
    strict: true,
    skipLibCheck: false,
    types: ['node'],
    noEmit: true,
  };
  writeFileSync(join(consumer, 'package.json'), JSON.stringify({ type: 'module' }));
  writeFileSync(join(consumer, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: [include] }));
  return tool('node_modules/typescript7/bin/tsc', ['-p', consumer], consumer);
}

/** A file of the package, and what it cannot do without: the parts it shares with other entries. */
function codeOf(folder: string, file: string): string {
  const code = readFileSync(join(folder, file), 'utf8');
  const shared = [...code.matchAll(/\bfrom *["']\.\/([^"']+)["']/g)].map(([, name = '']) =>
    codeOf(folder, name),
  );
  return [code, ...shared].join('\n');
}

function link(name: string): void {
  const target = join(consumer, 'node_modules', name);
  mkdirSync(dirname(target), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules', name), target);
}

beforeAll(async () => {
  folder = await makeTestFolder('sdk-package');
  consumer = folder.path;
  installed = join(consumer, 'node_modules/@slipway/sdk');
  mkdirSync(installed, { recursive: true });
  for (const file of ['package.json', 'README.md']) cpSync(join(SDK, file), join(installed, file));
  for (const name of ['react', '@types/react', 'csstype', '@types/node', 'undici-types']) link(name);
  await build('--out-dir', join(installed, 'dist'));
});
afterAll(() => folder.remove());

test('publint finds nothing to better in the package', async () => {
  const report = await tool('node_modules/publint/src/cli.js', ['run', installed, '--strict'], consumer);
  expect(report).toContain('All good!');
});

test('it brings nothing along: no dependencies, and React only for those who have it', () => {
  const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta, sideEffects } =
    manifest();
  expect({ dependencies, optionalDependencies, sideEffects }).toEqual({ sideEffects: false });
  expect(peerDependencies).toEqual({ react: '>=18' });
  expect(peerDependenciesMeta).toEqual({ react: { optional: true } });
});

test.each(['index.js', 'index.cjs'])('%s imports nothing at all', (file) => {
  const code = readFileSync(join(installed, 'dist', file), 'utf8');
  expect(code.match(/\brequire\(|^import .*|\bimport\(/gm)).toBeNull();
});

test.each([
  [
    'import',
    'const sdk = await import("@slipway/sdk"); const queue = await import("@slipway/sdk/queue"); const react = await import("@slipway/sdk/react");',
    'module',
  ],
  [
    'require',
    'const sdk = require("@slipway/sdk"); const queue = require("@slipway/sdk/queue"); const react = require("@slipway/sdk/react");',
    'commonjs',
  ],
])('all entries load by %s, without touching a browser', async (_, load, type) => {
  const script = `${load} sdk.createClient({ baseUrl: '/api' }); console.log(JSON.stringify([Object.keys(sdk), Object.keys(queue), Object.keys(react)].map((names) => names.sort())));`;
  const { stdout } = await run(process.execPath, [`--input-type=${type}`, '-e', script], { cwd: consumer });
  expect(JSON.parse(stdout)).toEqual([
    expect.arrayContaining([
      'createClient',
      'uploadFile',
      'validateFile',
      'isSlipwayError',
      'AssetsAPI',
      'SignedUrlService',
    ]),
    ['createUploadQueue'],
    [
      'SlipwayProvider',
      'useFileUpload',
      'useQueueSnapshot',
      'useSlipwayClient',
      'useUploadItem',
      'useUploadQueue',
    ],
  ]);
});

test('the examples of the README compile against the package, as a module and as CommonJS', async () => {
  const readme = readFileSync(join(SDK, 'README.md'), 'utf8');
  const examples = [...readme.matchAll(/^```(tsx?)\n(.*?)^```/gms)];
  expect(examples.length).toBeGreaterThan(3);
  for (const [number, [, kind = '', code = '']] of examples.entries()) {
    writeFileSync(join(consumer, `example-${number}.${kind}`), code);
    if (kind === 'ts') writeFileSync(join(consumer, `example-${number}.cts`), code);
  }
  expect(await compile(['es2022', 'dom', 'dom.iterable'], 'example-*')).toBe('');
});

test('its types need no DOM, so a server may use them as they are', async () => {
  const code =
    "import { createClient, uploadFile } from '@slipway/sdk';\nvoid uploadFile(createClient({ baseUrl: '/api' }), { projectId: 'PRJ-1', file: new Blob([]) });\n";
  writeFileSync(join(consumer, 'server.ts'), code);
  expect(await compile(['es2022'], 'server.ts')).toBe('');
});

test('minified and compressed it stays within its budget', async () => {
  const minified = join(consumer, 'minified');
  await build('--minify', '--no-dts', '--no-sourcemap', '--format', 'esm', '--out-dir', minified);
  const sizes = Object.keys(BUDGET).map(
    (name) => [name, gzipSync(codeOf(minified, `${name}.js`), { level: 9 }).length] as const,
  );
  process.stdout.write(
    `@slipway/sdk: ${sizes.map(([name, size]) => `${name} ${(size / KIB).toFixed(2)} KiB`).join(', ')} gzipped\n`,
  );
  const tooLarge = sizes.filter(([name, size]) => size > BUDGET[name as keyof typeof BUDGET]);
  expect(tooLarge).toEqual([]);
});

test('its types are those of openapi.json (npm run sdk:types refreshes them)', async () => {
  const fresh = join(consumer, 'openapi.d.ts');
  await tool('libs/sdk/scripts/generate-types.mjs', [fresh], SDK);
  expect(readFileSync(join(SDK, 'src/generated/openapi.d.ts'), 'utf8')).toBe(readFileSync(fresh, 'utf8'));
});

test("its error codes are the core's", () => {
  const types = readFileSync(join(SDK, 'src/generated/openapi.d.ts'), 'utf8');
  const union = /^\s+ErrorCode: (.+);$/m.exec(types)?.[1] ?? '';
  expect(union.split(' | ')).toEqual(ERROR_CODES.map((code) => `"${code}"`));
});
