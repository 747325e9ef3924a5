import { inTransaction } from '@slipway/platform/db/database';
import { recordAuditEvent } from '../audit/record-audit-event';
import type { Deps } from '../shared/deps';
import type { Principal } from '../shared/principal';
import { findMe } from './find-user';
import { User } from './user.entity';

/** What the caller is called by others. */
export async function renameAccount(
  principal: Principal,
  name: string,
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<User> {
  const user = await findMe(principal, deps);
  await inTransaction(deps.db, async (tx) => {
    await tx.update(User, user.id, { name });
    await recordAuditEvent(tx, principal, {
      action: 'account_renamed',
      at: deps.clock.now(),
      personal: { name },
    });
  });
  user.name = name;
  return user;
}
