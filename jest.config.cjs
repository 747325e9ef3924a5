// Jest 30 on Node 20 cannot require() ES modules (that needs Node 24.9), and NestJS 12 ships only those:
// so our TypeScript and every ESM-only package are compiled to CommonJS for the tests.
const { existsSync, readdirSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const { compilerOptions } = JSON.parse(readFileSync(join(__dirname, 'tsconfig.json'), 'utf8'));

function esmPackages(folder, found = new Set()) {
  const visit = (path, name) => {
    const manifest = join(path, 'package.json');
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).type === 'module') found.add(name);
    if (existsSync(join(path, 'node_modules'))) esmPackages(join(path, 'node_modules'), found);
  };
  for (const name of readdirSync(folder)) {
    if (name.startsWith('.')) continue;
    const path = join(folder, name);
    if (!name.startsWith('@')) visit(path, name);
    else for (const scoped of readdirSync(path)) visit(join(path, scoped), `${name}/${scoped}`);
  }
  return found;
}

const esm = [...esmPackages(join(__dirname, 'node_modules'))]
  .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  .join('|');

const swc = (parser) => [
  '@swc/jest',
  {
    swcrc: false,
    jsc: {
      target: 'es2022',
      parser,
      keepClassNames: true,
      transform: {
        legacyDecorator: true,
        decoratorMetadata: true,
        useDefineForClassFields: false,
        react: { runtime: 'automatic' },
      },
    },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  },
];

const aliases = Object.entries(compilerOptions.paths).map(([alias, [target]]) => [
  `^${alias.replace('*', '(.*)')}$`,
  `<rootDir>/${target.replace('./', '').replace('*', '$1')}`,
]);

const shared = {
  rootDir: __dirname,
  testEnvironment: 'node',
  // What Node itself resolves when an ES module is required.
  testEnvironmentOptions: {
    customExportConditions: ['node', 'node-addons', 'require', 'module-sync', 'default'],
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/libs/sdk/dist/'],
  transform: {
    '\\.tsx?$': swc({ syntax: 'typescript', tsx: true, decorators: true }),
    '\\.m?js$': swc({ syntax: 'ecmascript' }),
  },
  transformIgnorePatterns: [`/node_modules/(?!(?:${esm})/)(?!.*/node_modules/)`],
  moduleNameMapper: { ...Object.fromEntries(aliases), '^(\\.{1,2}/.*)\\.js$': '$1' },
};

const suite = (name, testMatch, extra = {}) => ({ ...shared, displayName: name, testMatch, ...extra });

const inRoom = (name) => [`<rootDir>/test/${name}/**/*.spec.ts`];

// Once a run, whichever of these projects are in it.
const withDatabase = {
  globalSetup: '<rootDir>/test/support/jest-global-setup.ts',
  globalTeardown: '<rootDir>/test/support/jest-global-teardown.ts',
};

// The SDK warns about Node 20 at each client it makes; package.json says which versions this product runs on.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

/** One project a room of the test house; `npm run test:one -- --selectProjects unit` runs one of them. */
module.exports = {
  testTimeout: 60_000,
  projects: [
    suite('unit', ['<rootDir>/{apps,libs}/**/*.spec.ts?(x)']),
    ...['architecture', 'contract'].map((name) => suite(name, inRoom(name))),
    ...['integration', 'http', 'acceptance', 'browser', 'faults'].map((name) =>
      suite(name, inRoom(name), withDatabase),
    ),
  ],
};
