import { needsOf, type Right } from '@slipway/core/access/rights';
import type { ProjectRole } from '@slipway/core/shared/project-role';
import { SCOPES, type Scope } from '@slipway/core/shared/scope';
import type { Person } from './scene';

/** How somebody shows who they are; `null` where what is shown is not good. */
export interface Caller {
  name: string;
  /** Who is behind it; null for nobody. */
  person: Person | null;
  credential:
    | { kind: 'none' }
    | { kind: 'token' }
    | { kind: 'expired token' }
    | { kind: 'share link token' }
    | { kind: 'key'; scopes: readonly Scope[]; bound?: 'here' | 'elsewhere'; state?: 'expired' | 'revoked' };
}

const key = (
  name: string,
  person: Person,
  rest: { scopes: readonly Scope[]; bound?: 'here' | 'elsewhere'; state?: 'expired' | 'revoked' },
): Caller => ({
  name,
  person,
  credential: { kind: 'key', ...rest },
});

const withToken = (person: Person): Caller => ({ name: person, person, credential: { kind: 'token' } });

export const CALLERS: readonly Caller[] = [
  { name: 'nobody', person: null, credential: { kind: 'none' } },
  { name: 'owner with an expired token', person: 'owner', credential: { kind: 'expired token' } },
  { name: 'holder of a share link', person: null, credential: { kind: 'share link token' } },
  ...(['suspended', 'stranger', 'guest', 'viewer', 'editor', 'owner', 'admin'] as const).map(withToken),
  key("owner's key of all scopes", 'owner', { scopes: SCOPES }),
  key("viewer's key of all scopes", 'viewer', { scopes: SCOPES }),
  key("admin's key of all scopes", 'admin', { scopes: SCOPES }),
  key("owner's key for this project", 'owner', { scopes: SCOPES, bound: 'here' }),
  key("owner's key for another project", 'owner', { scopes: SCOPES, bound: 'elsewhere' }),
  key("owner's expired key", 'owner', { scopes: SCOPES, state: 'expired' }),
  key("owner's revoked key", 'owner', { scopes: SCOPES, state: 'revoked' }),
  ...SCOPES.map((scope) => key(`owner's key of ${scope}`, 'owner', { scopes: [scope] })),
];

/** What the declared right says of a caller; the codes of a refusal are those of docs/decisions/0013. */
export type Expected = 'allowed' | 'unauthenticated' | 'forbidden' | 'not_found';

export interface Reach {
  /** What the route is about; nothing where the caller's own things are. */
  about: 'project' | 'asset' | 'nothing';
  /** A share lets its guest do it too. */
  shared?: boolean;
  /** An administrator can do it anywhere. */
  alsoAdmin?: true;
  /** A key for one project cannot do it, though it is about none. */
  refusesBoundKeys?: true;
}

const RANK: Partial<Record<Person, number>> = { viewer: 0, editor: 1, owner: 2 };

function isKnown({ credential, person }: Caller): boolean {
  const isGood = credential.kind === 'token' || (credential.kind === 'key' && credential.state === undefined);
  return isGood && person !== null && person !== 'suspended';
}

/** A key that is not for this, or not for this project. */
function keyRefusal(right: Right, { credential }: Caller): Expected | null {
  if (credential.kind !== 'key') return null;
  const { scope } = needsOf(right);
  return scope === null || !credential.scopes.includes(scope) ? 'forbidden' : null;
}

function inProject(needed: ProjectRole, { shared = false }: Reach, { credential, person }: Caller): Expected {
  const isElsewhere = credential.kind === 'key' && credential.bound === 'elsewhere';
  const rank = isElsewhere || person === null ? undefined : RANK[person];
  if (rank === undefined) return shared && person === 'guest' ? 'allowed' : 'not_found';
  return rank >= Number(RANK[needed]) ? 'allowed' : 'forbidden';
}

export function expected(right: Right, reach: Reach, caller: Caller): Expected {
  if (!isKnown(caller)) return 'unauthenticated';
  const refused = keyRefusal(right, caller);
  if (refused) return refused;
  if (right === 'admin') return caller.person === 'admin' ? 'allowed' : 'forbidden';
  const { role } = needsOf(right);
  if (reach.alsoAdmin && caller.person === 'admin') return 'allowed';
  const isBound = caller.credential.kind === 'key' && caller.credential.bound !== undefined;
  if (isBound && reach.refusesBoundKeys) return 'forbidden';
  return reach.about === 'nothing' || role === null ? 'allowed' : inProject(role, reach, caller);
}
