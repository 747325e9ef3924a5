import { inTransaction } from '@slipway/platform/db/database';
import type { EntityManager } from 'typeorm';
import { hashPassword } from '../accounts/password';
import type { Asset } from '../assets/asset.entity';
import { requireAsset } from '../assets/require-asset';
import { recordAuditEvent } from '../audit/record-audit-event';
import { holdProject } from '../projects/hold-project';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import { newId } from '../shared/ids';
import { accountOf, type Principal } from '../shared/principal';
import { hashLinkToken, newLinkToken } from './link-token';
import { Share } from './share.entity';

interface Sharing {
  assetId: string;
  /** In the future; null: until it is revoked. */
  expiresAt: Date | null;
}

type ShareDeps = Pick<Deps, 'db' | 'clock'>;

/**
 * Shares an asset to whoever has the address, now or later: nothing here looks for an account, so that nothing tells
 * whether there is one. A share to the same address that is not revoked is renewed: it ends when the new one would. Fails
 * with `not_found`, `forbidden`, `project_archived`, and with `invalid_request` for an end that is past.
 */
export function shareToPerson(
  principal: Principal,
  { email, ...sharing }: Sharing & { email: string },
  deps: ShareDeps,
): Promise<Share> {
  return share(principal, { ...sharing, kind: 'user', email: email.toLowerCase() }, deps);
}

export interface LinkLimits {
  /** Asked for before anything of the asset is told; null: nothing is asked. */
  password: string | null;
  /** How often the original may be fetched; null: as often as one likes. */
  maxDownloads: number | null;
}

/**
 * Shares an asset to whoever has the token, which is known now and never again. Fails as `shareToPerson` does.
 */
export async function shareByLink(
  principal: Principal,
  { password, maxDownloads, ...sharing }: Sharing & LinkLimits,
  deps: ShareDeps & Pick<Deps, 'settings'>,
): Promise<{ share: Share; token: string }> {
  // Before the hash, which is slow on purpose.
  await requireAsset(principal, { assetId: sharing.assetId, right: 'shares.manage' }, deps);
  const token = newLinkToken();
  const { passwords } = deps.settings.accounts;
  const passwordHash = password === null ? null : await hashPassword(password, passwords);
  const link = { kind: 'link', tokenHash: hashLinkToken(token), passwordHash, maxDownloads } as const;
  return { share: await share(principal, { ...sharing, ...link }, deps), token };
}

type NewShare = Sharing & Pick<Share, 'kind'> & Partial<Share>;

async function share(principal: Principal, asked: NewShare, deps: ShareDeps): Promise<Share> {
  const at = deps.clock.now();
  assertFuture(asked.expiresAt, at);
  const asset = await requireAsset(principal, { assetId: asked.assetId, right: 'shares.manage' }, deps);
  return inTransaction(deps.db, async (tx) => {
    await holdProject(tx, principal, { projectId: asset.projectId, right: 'shares.manage' });
    const made = await insertOrRenew(tx, toShare(asset, asked, { at, createdBy: accountOf(principal) }));
    await recordAuditEvent(tx, principal, {
      action: 'shared',
      at,
      projectId: asset.projectId,
      assetId: asset.id,
      details: {
        share_id: made.id,
        kind: made.kind,
        expires_at: made.expiresAt?.toISOString() ?? null,
        max_downloads: made.maxDownloads,
        password: made.passwordHash === null ? 'no' : 'yes',
      },
      ...(made.email !== null && { personal: { email: made.email } }),
    });
    return made;
  });
}

function assertFuture(expiresAt: Date | null, now: Date): void {
  if (expiresAt === null || expiresAt > now) return;
  throw new DomainError('invalid_request', 'This share would have ended already.', {
    errors: [{ field: 'expires_at', message: 'must be in the future' }],
  });
}

const toShare = (
  { id, projectId }: Asset,
  asked: NewShare,
  { at, createdBy }: { at: Date; createdBy: string },
): Share => ({
  id: newId('SHR'),
  projectId,
  email: null,
  tokenHash: null,
  passwordHash: null,
  maxDownloads: null,
  ...asked,
  assetId: id,
  downloads: 0,
  createdBy,
  createdAt: at,
  revokedAt: null,
});

/** Two calls at once for one address make one share: the later renews what the other has made. */
const INSERT_OR_RENEW = `
  insert into shares (id, project_id, asset_id, kind, email, token_hash, password_hash, expires_at, max_downloads,
                      created_by, created_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
  on conflict (asset_id, email) where revoked_at is null and email is not null
  do update set expires_at = excluded.expires_at
  returning id, created_by as "createdBy", created_at as "createdAt"`;

async function insertOrRenew(tx: EntityManager, asked: Share): Promise<Share> {
  const [made] = await tx.query<Pick<Share, 'id' | 'createdBy' | 'createdAt'>[]>(INSERT_OR_RENEW, [
    asked.id,
    asked.projectId,
    asked.assetId,
    asked.kind,
    asked.email,
    asked.tokenHash,
    asked.passwordHash,
    asked.expiresAt,
    asked.maxDownloads,
    asked.createdBy,
    asked.createdAt,
  ]);
  return Object.assign(asked, made);
}
