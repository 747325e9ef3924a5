import type { SignedUrl } from '@slipway/platform/object-store/url-signer';
import { recordDenials } from '../audit/record-denials';
import { recordAuditEvents } from '../audit/record-audit-event';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { Principal } from '../shared/principal';
import type { Asset } from './asset.entity';
import { openSigningContext, signAccessUrl, signThumbnailUrl, type SigningContext } from './asset-urls';
import { findAssets, type FoundAsset } from './find-asset';
import { type Granted, grantedFacts } from './grant-access';
import { assertViewable } from './require-asset';

type GrantDeps = Pick<Deps, 'db' | 'audit' | 'signer' | 'clock' | 'settings'>;

const ROUTE = 'POST /api/assets/access-urls';

export type GrantOutcome = SignedUrl | DomainError;

/**
 * A URL of each asset that the caller may see, all on record before any is given out, and so is what is denied: one
 * statement reads what decides, one writes what is given, one what is not. In the order of the ids, of which the same may come twice. Each failure is one of `not_found`,
 * `asset_withheld`, `object_missing` (no thumbnail, or none yet).
 */
export async function grantAccessToMany(
  principal: Principal,
  { assetIds, as }: { assetIds: readonly string[]; as: Granted },
  deps: GrantDeps,
): Promise<GrantOutcome[]> {
  const found = await findAssets(principal, assetIds, deps);
  const outcomes = await grantAll(principal, { found, asked: new Set(assetIds), as }, deps);
  const denied = failuresOf(outcomes).map(([assetId, error]) => ({ route: ROUTE, error, assetId }));
  await recordDenials(principal, denied, deps);
  return assetIds.map((id) => outcomes.get(id) as GrantOutcome);
}

/** By what was asked for. */
export const failuresOf = (outcomes: ReadonlyMap<string, GrantOutcome>): [string, DomainError][] =>
  [...outcomes].flatMap(([name, outcome]): [string, DomainError][] =>
    outcome instanceof DomainError ? [[name, outcome]] : [],
  );

/** What becomes of each of `asked`; of those in `found` that the caller may see, what was given is on record. */
export async function grantAll(
  principal: Principal,
  { found, asked, as }: { found: ReadonlyMap<string, FoundAsset>; asked: Iterable<string>; as: Granted },
  deps: GrantDeps,
): Promise<Map<string, GrantOutcome>> {
  const context = await openSigningContext(principal, deps);
  const grants = [...asked].map((name) => ({
    name,
    ...outcomeOf(principal, { found: found.get(name) ?? null, as }, context),
  }));
  const facts = grants.flatMap(({ asset, outcome: signed }) =>
    asset && !(signed instanceof DomainError) ? [grantedFacts(asset, { as, signed, at: context.now })] : [],
  );
  if (facts.length > 0) await recordAuditEvents(deps.db.manager, principal, facts);
  return new Map(grants.map(({ name, outcome }) => [name, outcome]));
}

function outcomeOf(
  principal: Principal,
  { found, as }: { found: FoundAsset | null; as: Granted },
  context: SigningContext,
): { asset: Asset | null; outcome: GrantOutcome } {
  try {
    const asset = assertViewable(principal, found, context.now);
    return { asset, outcome: sign(asset, as, context) };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { asset: null, outcome: error };
  }
}

/** Fails with `object_missing` where there is no thumbnail. */
export function sign(asset: Asset, as: Granted, context: SigningContext): SignedUrl {
  if (as !== 'thumbnail') return signAccessUrl(asset, as, context);
  const signed = signThumbnailUrl(asset, context);
  if (signed) return signed;
  throw new DomainError('object_missing', 'This asset has no thumbnail, or none yet.');
}
