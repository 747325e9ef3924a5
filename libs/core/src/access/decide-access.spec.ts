import * as fc from 'fast-check';
import {
  type Account,
  keyPrincipal,
  linkPrincipal,
  type Principal,
  userPrincipal,
  visitor,
} from '../shared/principal';
import { PROJECT_ROLES, type ProjectRole } from '../shared/project-role';
import {
  type AccessFacts,
  type AssetFacts,
  decideAccess,
  decideInProject,
  type ShareFacts,
} from './decide-access';
import { needsOf, type ProjectRight, RIGHTS } from './rights';

const NOW = new Date('2026-11-21T12:00:00Z');
const ORIGIN = { ip: null, userAgent: null, requestId: null };
const ACCOUNT: Account = {
  id: 'USR-1',
  email: 'a@example.com',
  emailVerified: true,
  emailTrusted: true,
  role: 'user',
  requestsPerMinute: null,
  maxAccessUrlSeconds: null,
};

const time = fc.option(
  fc.integer({ min: -3, max: 3 }).map((hours) => new Date(NOW.getTime() + hours * 3_600_000)),
);
const role = fc.option(fc.constantFrom(...PROJECT_ROLES));

const caller = fc.oneof(
  fc.record({ kind: fc.constant('user' as const), claimed: role }),
  fc.record({ kind: fc.constant('key' as const), bound: fc.constantFrom(null, 'PRJ-1', 'PRJ-2') }),
  fc.constant({ kind: 'visitor' as const }),
  fc.constant({ kind: 'link' as const }),
);
type Caller = typeof caller extends fc.Arbitrary<infer Value> ? Value : never;

const asset: fc.Arbitrary<AssetFacts> = fc.record({
  status: fc.constantFrom('Processing', 'In Review', 'Published', 'Rejected'),
  scanState: fc.constantFrom('none', 'pending', 'clean', 'infected'),
  isPublic: fc.boolean(),
  expiresAt: time,
  deletedAt: fc.option(fc.constant(NOW), { freq: 10 }),
});
const share: fc.Arbitrary<ShareFacts> = fc.record({
  expiresAt: time,
  revokedAt: fc.option(fc.constant(NOW)),
  downloadsLeft: fc.option(fc.integer({ min: 0, max: 2 })),
});
const facts: fc.Arbitrary<AccessFacts> = fc.record({
  project: fc.record({
    id: fc.constant('PRJ-1'),
    archivedAt: fc.option(fc.constant(NOW)),
    review: fc.boolean(),
    memberRole: role,
  }),
  asset,
  shares: fc.array(share, { maxLength: 3 }),
});

function principalOf(one: Caller): Principal {
  switch (one.kind) {
    case 'user':
      return userPrincipal(ACCOUNT, ORIGIN, one.claimed === null ? {} : { 'PRJ-1': one.claimed });
    case 'key':
      return keyPrincipal(
        { id: 'KEY-1', account: ACCOUNT, scopes: ['assets:read'], projectId: one.bound },
        ORIGIN,
      );
    case 'visitor':
      return visitor(ORIGIN);
    case 'link':
      return linkPrincipal('SHR-1', ORIGIN);
  }
}

function rolesOf(one: Caller, { project }: AccessFacts): Set<ProjectRole> {
  const roles = new Set<ProjectRole>();
  const outside = one.kind === 'key' && one.bound === 'PRJ-2';
  if (project.memberRole !== null && !outside) roles.add(project.memberRole);
  if (one.kind === 'user' && one.claimed !== null) roles.add(one.claimed);
  return roles;
}

const isGood = ({ expiresAt, revokedAt, downloadsLeft }: ShareFacts): boolean =>
  revokedAt === null &&
  (expiresAt === null || expiresAt.getTime() > NOW.getTime()) &&
  (downloadsLeft === null || downloadsLeft > 0);

/** The table of docs/decisions/0013 from the other side: who sees an asset in a state. */
function model(one: Caller, given: AccessFacts): boolean {
  const { project, asset: it, shares } = given;
  const roles = rolesOf(one, given);
  if (it.deletedAt !== null || ['pending', 'infected'].includes(it.scanState)) return false;
  if (roles.has('editor') || roles.has('owner')) return true;
  const isOver = it.expiresAt !== null && it.expiresAt.getTime() <= NOW.getTime();
  const isShown = it.status === 'Published' || (it.status === 'Processing' && !project.review);
  if (isOver || !isShown) return false;
  return roles.size > 0 || shares.some(isGood) || it.isPublic;
}

test('a URL is signed exactly when the model allows', () => {
  fc.assert(
    fc.property(caller, facts, (one, given) => {
      expect(decideAccess(principalOf(one), given, NOW).allowed).toBe(model(one, given));
    }),
    { numRuns: 5_000 },
  );
});

test('only who has a role is told why something is withheld', () => {
  fc.assert(
    fc.property(caller, facts, (one, given) => {
      const decision = decideAccess(principalOf(one), given, NOW);
      if (decision.allowed || decision.because === 'hidden') return;
      expect(decideInProject(principalOf(one), given.project, 'assets.read')).toBe('allowed');
    }),
    { numRuns: 2_000 },
  );
});

const project = { id: 'PRJ-1', archivedAt: null, review: false, memberRole: null };
const user = userPrincipal(ACCOUNT, ORIGIN);
const rights = (Object.keys(RIGHTS) as (keyof typeof RIGHTS)[]).filter(
  (right): right is ProjectRight => needsOf(right).role !== null,
);

describe.each(rights)('%s', (right) => {
  const needed = needsOf(right).role as ProjectRole;

  test('is hidden from whoever has no role', () => {
    expect(decideInProject(user, project, right)).toBe('hidden');
  });

  test.each(PROJECT_ROLES)('of a %s goes as far as the role', (memberRole) => {
    const reached = PROJECT_ROLES.indexOf(memberRole) >= PROJECT_ROLES.indexOf(needed);
    expect(decideInProject(user, { ...project, memberRole }, right)).toBe(reached ? 'allowed' : 'forbidden');
  });

  test('in an archived project is there unless it changes something', () => {
    const archived = { ...project, memberRole: 'owner' as const, archivedAt: NOW };
    expect(decideInProject(user, archived, right)).toBe(needsOf(right).changes ? 'archived' : 'allowed');
  });
});
