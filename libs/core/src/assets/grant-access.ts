import type { SignedUrl } from '@slipway/platform/object-store/url-signer';
import { recordAuditEvent } from '../audit/record-audit-event';
import type { Deps } from '../shared/deps';
import type { Principal } from '../shared/principal';
import { openSigningContext, signAccessUrl, type UrlPurpose } from './asset-urls';
import { requireViewable } from './require-asset';

export interface GrantAccessInput {
  assetId: string;
  purpose: UrlPurpose;
  /** Seconds; the configured life when left out. */
  expiresIn?: number | undefined;
}

/** A signed URL of the original, given out only after it is on record. Fails with `not_found`, `asset_withheld`. */
export async function grantAccess(
  principal: Principal,
  input: GrantAccessInput,
  deps: Pick<Deps, 'db' | 'signer' | 'clock' | 'settings'>,
): Promise<SignedUrl> {
  const asset = await requireViewable(principal, { id: input.assetId }, deps);
  const context = await openSigningContext(deps);
  const signed = signAccessUrl(asset, input.purpose, { ...context, life: input.expiresIn ?? context.life });
  await recordAuditEvent(deps.db.manager, principal, {
    action: 'accessed',
    at: context.now,
    projectId: asset.projectId,
    assetId: asset.id,
    details: { purpose: input.purpose, expires_at: signed.expiresAt.toISOString() },
  });
  return signed;
}
