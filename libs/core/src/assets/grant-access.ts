import type { SignedUrl } from '@slipway/platform/object-store/url-signer';
import type { AuditFacts } from '../shared/audit-writer';
import type { Deps } from '../shared/deps';
import type { Principal } from '../shared/principal';
import type { Asset } from './asset.entity';
import { openSigningContext, signAccessUrl, type UrlPurpose } from './asset-urls';
import { requireViewable } from './require-asset';
import { requestedLife } from './url-life';

export interface GrantAccessInput {
  assetId: string;
  purpose: UrlPurpose;
  /** Seconds; the configured life when left out. */
  expiresIn?: number | undefined;
}

/**
 * A signed URL of the original, given out only after it is on record. Fails with `not_found`, `asset_withheld`, and with
 * `invalid_request` for a longer life than the caller's tier allows.
 */
export async function grantAccess(
  principal: Principal,
  { assetId, purpose, expiresIn }: GrantAccessInput,
  deps: Pick<Deps, 'db' | 'audit' | 'signer' | 'clock' | 'settings'>,
): Promise<SignedUrl> {
  const life = expiresIn === undefined ? undefined : requestedLife(principal, expiresIn);
  const asset = await requireViewable(principal, { id: assetId }, deps);
  const context = await openSigningContext(principal, deps);
  const signed = signAccessUrl(asset, purpose, life ? { ...context, life } : context);
  await deps.audit.recordGrant(principal, grantedFacts(asset, { as: purpose, signed, at: context.now }));
  return signed;
}

/** What of an asset a URL opens, for the record. */
export type Granted = UrlPurpose | 'thumbnail';

export const grantedFacts = (
  asset: Asset,
  { as, signed, at }: { as: Granted; signed: SignedUrl; at: Date },
): AuditFacts => ({
  action: 'accessed',
  at,
  projectId: asset.projectId,
  assetId: asset.id,
  details: { purpose: as, expires_at: signed.expiresAt.toISOString() },
});
