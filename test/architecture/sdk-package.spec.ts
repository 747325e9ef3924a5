import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { ERROR_CODES } from '@slipway/core/shared/errors';
import { makeTestFolder } from '../support/test-folder';

const ROOT = join(__dirname, '../..');
const SDK = join(ROOT, 'libs/sdk');
const KIB = 1024;
const BUDGET = { index: 7 * KIB, queue: 2.5 * KIB, react: 3.5 * KIB };
/** The other entries, for those who have the main one. */
const MORE_BUDGET = { session: 2 * KIB, people: 1.5 * KIB, admin: 0.5 * KIB };
/** What is loaded when it is needed: the first URL, the first upload, the first in parts, sums where the platform has none. */
const LAZY_BUDGET = { urls: KIB, delivery: 3 * KIB, parts: 6 * KIB, legacy: 3 * KIB, sha2: 4 * KIB };

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

/** A file of the package, and those it cannot do without: the parts it shares with other entries. */
function staticFilesOf(dist: string, file: string, found = new Set<string>()): string[] {
  found.add(file);
  const code = readFileSync(join(dist, file), 'utf8');
  for (const [, name = ''] of code.matchAll(/(?:\bfrom|^import) *["']\.\/([^"']+)["']/gm)) {
    if (!found.has(name)) staticFilesOf(dist, name, found);
  }
  return [...found];
}

/** `delivery-DmL3oRxG.js` is the chunk `delivery`. */
const chunkOf = (file: string): string => file.replace(/(-[\w-]{8})?\.c?js$/, '');

function fileOf(dist: string, chunk: string): string {
  const file = readdirSync(dist).find((name) => name.endsWith('.js') && chunkOf(name) === chunk);
  if (!file) throw new Error(`There is no chunk ${chunk}.`);
  return file;
}

/** Bytes that come down the line for a chunk where the chunks `loaded` are there already. */
function gzippedSize(dist: string, chunk: string, loaded: readonly string[] = []): number {
  const files = staticFilesOf(dist, fileOf(dist, chunk)).filter((file) => !loaded.includes(chunkOf(file)));
  const code = files.map((file) => readFileSync(join(dist, file), 'utf8')).join('\n');
  return gzipSync(code, { level: 9 }).length;
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

test.each(['js', 'cjs'])('its .%s files import each other and React, and nothing else', (extension) => {
  const files = readdirSync(join(installed, 'dist')).filter((file) => file.endsWith(`.${extension}`));
  const code = files.map((file) => readFileSync(join(installed, 'dist', file), 'utf8')).join('\n');
  const named = [
    ...code.matchAll(/^(?:import|export)\b[^"'`;]*["']([^"']+)["'];$/gm),
    ...code.matchAll(/^(?!\s*\*).*\b(?:require|import)\(["'`]([^"'`]+)["'`]\)/gm),
  ];
  const foreign = named.map(([, name = '']) => name).filter((name) => !name.startsWith('./'));
  expect([...new Set(foreign)]).toEqual(['react']);
});

test('what sends files is not loaded before a file is sent, and what sends parts not before a large one', () => {
  const reached = (entry: string) => staticFilesOf(join(installed, 'dist'), entry).map(chunkOf);
  const lazy = Object.keys(LAZY_BUDGET);
  expect(reached('index.js').filter((name) => lazy.includes(name))).toEqual([]);
  const delivery = fileOf(join(installed, 'dist'), 'delivery');
  expect(reached(delivery)).toEqual(expect.not.arrayContaining(['parts', 'legacy', 'sha2']));
});

const ENTRIES = ['', '/admin', '/people', '/queue', '/react', '/session'];

test.each([
  ['import', 'module'],
  ['require', 'commonjs'],
])('all entries load by %s, without touching a browser', async (load, type) => {
  const names = ENTRIES.map((entry) => `Object.keys(await ${load}("@slipway/sdk${entry}")).sort()`);
  const script = `(async () => {
    const { createClient } = await ${load}('@slipway/sdk');
    const { sessionTokens } = await ${load}('@slipway/sdk/session');
    createClient({ baseUrl: '/api', getToken: sessionTokens({ baseUrl: '/api' }).getToken });
    console.log(JSON.stringify([${names.join(', ')}]));
  })()`;
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
    ['AdminAPI', 'createAdmin'],
    ['createPeople'],
    ['createUploadQueue'],
    [
      'SecureImage',
      'SlipwayProvider',
      'useFileUpload',
      'useQueueSnapshot',
      'useSignedUrl',
      'useSlipwayClient',
      'useUploadItem',
      'useUploadQueue',
    ],
    ['sessionTokens'],
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
  const loaded = ['core', 'delivery'];
  const sizes = [
    ...Object.keys(BUDGET).map((name) => [name, gzippedSize(minified, name)] as const),
    ...Object.keys({ ...MORE_BUDGET, ...LAZY_BUDGET }).map((name) => {
      const before = loaded.filter((chunk) => chunk !== name);
      return [name, gzippedSize(minified, name, before)] as const;
    }),
  ];
  process.stdout.write(
    `@slipway/sdk: ${sizes.map(([name, size]) => `${name} ${(size / KIB).toFixed(2)} KiB`).join(', ')} gzipped\n`,
  );
  const budget: Record<string, number> = { ...BUDGET, ...MORE_BUDGET, ...LAZY_BUDGET };
  expect(sizes.filter(([name, size]) => size > (budget[name] ?? 0))).toEqual([]);
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
