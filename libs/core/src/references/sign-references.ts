import type { SignedUrl } from '@slipway/platform/object-store/url-signer';
import { recordDenials } from '../audit/record-denials';
import type { Granted } from '../assets/grant-access';
import { failuresOf, grantAll, type GrantOutcome } from '../assets/grant-access-to-many';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { Principal } from '../shared/principal';
import { findReferenced } from './find-referenced';

type SignDeps = Pick<Deps, 'db' | 'audit' | 'signer' | 'clock' | 'settings'>;

const ROUTE = 'POST /api/private/signed-urls';

/**
 * A fresh URL for each reference whose asset the caller may see now, on record before any is given out; in the order of
 * the references, of which the same may come twice. Each failure is one of `not_found`, the same for a reference that
 * never was, `asset_withheld`, `object_missing` (no thumbnail, or none yet).
 */
export async function signReferences(
  principal: Principal,
  { references, as }: { references: readonly string[]; as: Granted },
  deps: SignDeps,
): Promise<GrantOutcome[]> {
  const found = await findReferenced(principal, references, deps);
  const outcomes = await grantAll(principal, { found, asked: new Set(references), as }, deps);
  const denied = failuresOf(outcomes).map(([reference, error]) => {
    return { route: ROUTE, error, assetId: found.get(reference)?.asset.id };
  });
  await recordDenials(principal, denied, deps);
  return references.map((reference) => outcomes.get(reference) as GrantOutcome);
}

/** The same for one, which fails by throwing. */
export async function signReference(
  principal: Principal,
  { reference, as }: { reference: string; as: Granted },
  deps: SignDeps,
): Promise<SignedUrl> {
  const found = await findReferenced(principal, [reference], deps);
  const outcome = (await grantAll(principal, { found, asked: [reference], as }, deps)).get(reference);
  if (!outcome || outcome instanceof DomainError) throw outcome;
  return outcome;
}
