import { DomainError } from './errors';
import type { ProjectRole } from './project-role';
import type { Scope } from './scope';

/** Where a call comes from, for the audit trail. */
export interface Origin {
  ip: string | null;
  userAgent: string | null;
  requestId: string | null;
}

/** An account as it is at the time of the call. */
export interface Account {
  id: string;
  email: string;
  /** Whether the address is proven to be theirs. */
  emailVerified: boolean;
  /** Whether shares and invitations to the address are theirs: it is proven, or proof is not asked for here. */
  emailTrusted: boolean;
  role: 'user' | 'admin';
  /** Of its tier; null: the configured rate. */
  requestsPerMinute: number | null;
  /** Seconds, of its tier; null: as long as a storage allows. */
  maxAccessUrlSeconds: number | null;
}

/** What an API key narrows its account down to. */
export interface KeyLimits {
  scopes: readonly Scope[];
  /** Null: every project of the account. */
  projectId: string | null;
}

export interface ApiKeyFacts extends KeyLimits {
  id: string;
  account: Account;
}

/** Who is calling, and where from. The first argument of every use case. */
export interface Principal extends Origin {
  kind: 'user' | 'api_key' | 'link' | 'visitor' | 'system';
  /** What the audit trail names: the user, the key, the share; `visitor`, `system`. */
  id: string;
  /** The account that answers for the call; null for links, visitors and jobs. */
  account: Account | null;
  /** Null for everybody but API keys. */
  key: KeyLimits | null;
  /** Roles that an outside issuer's token claims, by project. */
  claimedRoles: Readonly<Record<string, ProjectRole>>;
}

/** The account on record for what the caller makes; a call by nobody's account makes nothing. */
export function accountOf({ account }: Principal): string {
  if (account === null) throw new DomainError('unauthenticated', 'This call needs an account.');
  return account.id;
}

const NO_ROLES: Principal['claimedRoles'] = {};

export const userPrincipal = (
  account: Account,
  origin: Origin,
  claimedRoles: Principal['claimedRoles'] = NO_ROLES,
): Principal => ({ ...origin, kind: 'user', id: account.id, account, key: null, claimedRoles });

export const keyPrincipal = ({ id, account, ...key }: ApiKeyFacts, origin: Origin): Principal => ({
  ...origin,
  kind: 'api_key',
  id,
  account,
  key,
  claimedRoles: NO_ROLES,
});

/** Somebody without an account. */
export const visitor = (origin: Origin): Principal => ({
  ...origin,
  kind: 'visitor',
  id: 'visitor',
  account: null,
  key: null,
  claimedRoles: NO_ROLES,
});

/** Whoever holds a share link. */
export const linkPrincipal = (shareId: string, origin: Origin): Principal => ({
  ...visitor(origin),
  kind: 'link',
  id: shareId,
});

/** The server itself, acting in a job on nobody's request. */
export const systemPrincipal = (requestId: string | null = null): Principal => ({
  ...visitor({ ip: null, userAgent: null, requestId }),
  kind: 'system',
  id: 'system',
});
