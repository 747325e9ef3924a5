import type { Principal } from '../shared/principal';
import { type ProjectRole, reaches } from '../shared/project-role';
import { needsOf, type ProjectRight } from './rights';

/** What a decision needs to know of a project. */
export interface ProjectFacts {
  id: string;
  archivedAt: Date | null;
  /** Whether assets wait for a person before viewers see them. */
  review: boolean;
  /** Of the caller's account, by membership; null without one. */
  memberRole: ProjectRole | null;
}

/** What a decision needs to know of an asset. */
export interface AssetFacts {
  status: 'Processing' | 'In Review' | 'Published' | 'Rejected';
  scanState: 'none' | 'pending' | 'clean' | 'infected';
  isPublic: boolean;
  expiresAt: Date | null;
  deletedAt: Date | null;
}

/** A share of the asset that the caller shows or that is addressed to the caller. */
export interface ShareFacts {
  expiresAt: Date | null;
  revokedAt: Date | null;
  /** Null: as often as one likes. */
  downloadsLeft: number | null;
}

export type ProjectVerdict = 'allowed' | 'hidden' | 'forbidden' | 'archived';

/** Why bytes are withheld from somebody who may know of them. */
export const WITHHELD = ['infected', 'scan_pending', 'expired', 'in_review', 'rejected'] as const;

export type Withheld = (typeof WITHHELD)[number];

export type AccessDecision =
  | { allowed: true; by: 'system' | 'member' | 'share' | 'public' }
  | { allowed: false; because: 'hidden' | Withheld };

const higher = (one: ProjectRole | null, other: ProjectRole | null): ProjectRole | null => {
  if (one === null || other === null) return one ?? other;
  return reaches(one, other) ? one : other;
};

/** The caller's role by membership or by an outside token's claim, whichever is more; none beyond an API key's project. */
export function roleIn(principal: Principal, project: ProjectFacts): ProjectRole | null {
  const { key, claimedRoles } = principal;
  if (key !== null && key.projectId !== null && key.projectId !== project.id) return null;
  return higher(project.memberRole, claimedRoles[project.id] ?? null);
}

/** Whether the caller has a right in a project. The system acts in jobs, on nobody's request. */
export function decideInProject(
  principal: Principal,
  project: ProjectFacts,
  right: ProjectRight,
): ProjectVerdict {
  if (principal.kind === 'system') return 'allowed';
  const role = roleIn(principal, project);
  if (role === null) return 'hidden';
  const needs = needsOf(right);
  if (needs.role === null || !reaches(role, needs.role)) return 'forbidden';
  return needs.changes && project.archivedAt !== null ? 'archived' : 'allowed';
}

const isAlive = ({ expiresAt, revokedAt, downloadsLeft }: ShareFacts, now: Date): boolean =>
  revokedAt === null && (expiresAt === null || expiresAt > now) && downloadsLeft !== 0;

/** What is kept from everybody but those who can do something about it. */
function withheldFromViewers(asset: AssetFacts, project: ProjectFacts, now: Date): Withheld | null {
  if (asset.expiresAt !== null && asset.expiresAt <= now) return 'expired';
  if (asset.status === 'Rejected') return 'rejected';
  const waits = asset.status === 'In Review' || (asset.status === 'Processing' && project.review);
  return waits ? 'in_review' : null;
}

const withheldFromAll = ({ scanState }: AssetFacts): Withheld | null => {
  if (scanState === 'infected') return 'infected';
  return scanState === 'pending' ? 'scan_pending' : null;
};

export interface AccessFacts {
  project: ProjectFacts;
  asset: AssetFacts;
  shares: readonly ShareFacts[];
}

/**
 * Whether a URL of the asset's bytes may be signed for the caller: the one place that says so. Pure; every path that
 * signs such a URL asks it with facts read at that time.
 */
export function decideAccess(principal: Principal, facts: AccessFacts, now: Date): AccessDecision {
  const { asset, project, shares } = facts;
  if (asset.deletedAt !== null) return { allowed: false, because: 'hidden' };
  const role = principal.kind === 'system' ? 'owner' : roleIn(principal, project);
  const withheld =
    withheldFromAll(asset) ??
    (role !== null && reaches(role, 'editor') ? null : withheldFromViewers(asset, project, now));
  // Only a member is told why: to everybody else the asset is one that never was.
  if (withheld !== null) return { allowed: false, because: role === null ? 'hidden' : withheld };
  if (principal.kind === 'system') return { allowed: true, by: 'system' };
  if (role !== null) return { allowed: true, by: 'member' };
  if (shares.some((share) => isAlive(share, now))) return { allowed: true, by: 'share' };
  return asset.isPublic ? { allowed: true, by: 'public' } : { allowed: false, because: 'hidden' };
}
