// The import directions of docs/ARCHITECTURE.md as rules. apps -> core -> platform; slices import only to the left:
// shared <- idempotency, audit, mail <- quotas, access <- galleries <- accounts, projects <- members <- trail <- assets <- references, sharing, renditions <- uploads <- imports <- admin <- reconcile.
const SLICES = [
  'shared',
  'idempotency',
  'audit',
  'mail',
  'quotas',
  'access',
  'galleries',
  'accounts',
  'projects',
  'api-keys',
  'identities',
  'members',
  'trail',
  'assets',
  'references',
  'sharing',
  'renditions',
  'uploads',
  'imports',
  'admin',
  'my-data',
  'reconcile',
];
const SAME_RANK = [
  ['idempotency', 'audit', 'mail'],
  ['quotas', 'access'],
  ['accounts', 'projects'],
  ['references', 'sharing', 'renditions'],
  ['api-keys', 'members'],
];

const mayNotImport = (slice) => {
  const rank = SLICES.indexOf(slice);
  const peers = SAME_RANK.find((pair) => pair.includes(slice)) ?? [];
  return SLICES.filter((other, index) => other !== slice && (index > rank || peers.includes(other)));
};

const sliceRules = SLICES.filter((slice) => mayNotImport(slice).length > 0).map((slice) => ({
  name: `slice-${slice}-imports-only-to-the-left`,
  severity: 'error',
  from: { path: `^libs/core/src/${slice}/` },
  to: { path: `^libs/core/src/(${mayNotImport(slice).join('|')})/` },
}));

const forbid = (name, from, to) => ({ name, severity: 'error', from, to });

module.exports = {
  forbidden: [
    forbid('no-cycles', {}, { circular: true }),
    ...sliceRules,
    forbid('core-knows-no-app', { path: '^libs/core/' }, { path: '^(apps|libs/(sdk|object-server))/' }),
    forbid(
      'platform-knows-no-core',
      { path: '^libs/platform/' },
      { path: '^(apps|libs/(core|sdk|object-server))/' },
    ),
    forbid(
      'object-server-stands-alone',
      { path: '^libs/object-server/' },
      { path: '^(apps|libs/(?!object-server))' },
    ),
    forbid(
      'sdk-imports-nothing',
      { path: '^libs/sdk/src/', pathNot: '\\.spec\\.tsx?$' },
      { path: '^(apps|libs/(?!sdk))' },
    ),
    forbid(
      'dashboard-speaks-through-the-sdk',
      { path: '^apps/dashboard/' },
      { path: '^(apps/(?!dashboard)|libs/(?!sdk))' },
    ),
    forbid(
      'dashboard-features-are-apart',
      { path: '^apps/dashboard/src/features/([^/]+)/' },
      { path: '^apps/dashboard/src/features/', pathNot: '^apps/dashboard/src/features/$1/' },
    ),
    forbid(
      'api-and-worker-are-apart',
      { path: '^apps/(api|worker)/' },
      { path: '^apps/', pathNot: '^apps/$1/' },
    ),
    forbid(
      'core-has-no-http-and-no-aws',
      { path: '^libs/core/' },
      { path: 'node_modules/(@aws-sdk|fastify|@fastify|@nestjs/(core|platform))' },
    ),
    forbid(
      'acceptance-imports-only-the-sdk',
      { path: '^test/acceptance/' },
      { path: '^(apps|libs/(?!sdk))' },
    ),
    forbid(
      'product-imports-no-tests',
      { path: '^(apps|libs)/', pathNot: '\\.spec\\.tsx?$' },
      { path: '^test/' },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    exclude: { path: '(^|/)(dist|generated)/' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
