import { runPrepared } from '@slipway/platform/db/prepared';
import {
  ACCOUNT_COLUMNS,
  type AccountRow,
  ACTIVE_ACCOUNT,
  isStillGood,
  toAccount,
} from '../accounts/read-account';
import type { Deps } from '../shared/deps';
import type { Account } from '../shared/principal';
import type { OutsideIdentity } from './outside-identity';

const FIND = {
  name: 'account-of-identity',
  text: `
    select ${ACCOUNT_COLUMNS}, (${ACTIVE_ACCOUNT}) as is_active
      from identities
      join users on users.id = identities.user_id
      join tiers on tiers.name = users.tier
     where identities.issuer = $1 and identities.subject = $2`,
};

/** `unknown`: never seen. `refused`: its account is suspended or erased, or tokens of that time were taken back. */
export type FoundIdentity = Account | 'unknown' | 'refused';

/** The account of somebody from outside as it is now. `issuedAt` is of the token, in whole seconds. */
export async function findIdentity(
  { issuer, subject }: Pick<OutsideIdentity, 'issuer' | 'subject'>,
  { issuedAt }: { issuedAt: number },
  deps: Pick<Deps, 'db' | 'settings'>,
): Promise<FoundIdentity> {
  const [row] = await runPrepared<AccountRow & { is_active: boolean }>(deps.db, FIND, [issuer, subject]);
  if (!row) return 'unknown';
  return row.is_active && isStillGood({ issuedAt }, row) ? toAccount(row, deps) : 'refused';
}
