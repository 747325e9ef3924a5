import { inTransaction } from '@slipway/platform/db/database';
import { recordAuditEvent } from '../audit/record-audit-event';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import { type Origin, userPrincipal } from '../shared/principal';
import { findLinkOwner, type ShownLink, useLink } from './account-links';
import { accountOfUser } from './account-of-user';
import { User } from './user.entity';

/** Proves an address by a mailed link. Fails with `link_invalid`. */
export async function verifyEmail(
  origin: Origin,
  token: string,
  deps: Pick<Deps, 'db' | 'clock' | 'settings'>,
): Promise<void> {
  const at = deps.clock.now();
  const link: ShownLink = { token, purpose: 'verify', at };
  await inTransaction(deps.db, async (tx) => {
    const owner = await findLinkOwner(tx, link);
    if (owner === null || !(await useLink(tx, link))) {
      throw new DomainError('link_invalid', 'This link was used, is too old, or was never one.');
    }
    await tx.update(User, owner.userId, { emailVerifiedAt: at });
    const user = await tx.findOneByOrFail(User, { id: owner.userId });
    await recordAuditEvent(tx, userPrincipal(accountOfUser(user, deps), origin), {
      action: 'email_verified',
      at,
    });
  });
}
