import type { Deps } from '../shared/deps';
import type { Account, Origin } from '../shared/principal';
import { findIdentity, type FoundIdentity } from './find-identity';
import { makeAccount } from './make-account';
import type { OutsideIdentity } from './outside-identity';

const accountOrNull = (found: FoundIdentity): Account | null => (typeof found === 'string' ? null : found);

/**
 * The account of somebody whose token an outside issuer gave, made at first sight; null for one that is suspended or
 * erased, or whose tokens of that time were taken back. One statement for whoever is known.
 */
export async function enter(
  origin: Origin,
  { identity, issuedAt }: { identity: OutsideIdentity; issuedAt: number },
  deps: Pick<Deps, 'db' | 'clock' | 'settings'>,
): Promise<Account | null> {
  const found = await findIdentity(identity, { issuedAt }, deps);
  if (found !== 'unknown') return accountOrNull(found);
  await makeAccount(origin, identity, deps);
  return accountOrNull(await findIdentity(identity, { issuedAt }, deps));
}
