import { inTransaction } from '@slipway/platform/db/database';
import { enqueue } from '@slipway/platform/jobs/enqueue';
import type { EntityManager } from 'typeorm';
import { recordAuditEvent } from '../audit/record-audit-event';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import { type Origin, userPrincipal } from '../shared/principal';
import { findLinkOwner, type ShownLink, useLink } from './account-links';
import { accountOfUser } from './account-of-user';
import { signOutEverywhere } from './end-sessions';
import { hashPassword } from './password';
import { assertGoodPassword } from './password-rules';
import { forgetAttempts } from './take-attempt';
import { User } from './user.entity';

export interface ResetPasswordInput {
  token: string;
  newPassword: string;
  addressBlock: string;
}

type ResetDeps = Pick<Deps, 'db' | 'clock' | 'settings'>;

const invalidLink = (): DomainError =>
  new DomainError('link_invalid', 'This link was used, is too old, or was never one. Ask for a new one.');

/**
 * Sets a password by a mailed link, which proves the address as well. Every session ends, and so do waits after wrong
 * passwords. Fails with `link_invalid`, and with `invalid_request` for a password that would be guessed.
 */
export async function resetPassword(
  origin: Origin,
  input: ResetPasswordInput,
  deps: ResetDeps,
): Promise<void> {
  const at = deps.clock.now();
  const link: ShownLink = { token: input.token, purpose: 'reset', at };
  const found = await findLinkOwner(deps.db.manager, link);
  if (found === null) throw invalidLink();
  const owner = await deps.db.manager.findOneByOrFail(User, { id: found.userId });
  assertGoodPassword(input.newPassword, { field: 'new_password', owner });
  const passwordHash = await hashPassword(input.newPassword, deps.settings.accounts.passwords);
  await inTransaction(deps.db, async (tx) => {
    if (!(await useLink(tx, link))) throw invalidLink();
    await replacePassword(tx, { owner, passwordHash, at });
    await forgetAttempts(tx, { email: owner.email, addressBlock: input.addressBlock });
    await recordAuditEvent(tx, userPrincipal(accountOfUser(owner, deps), origin), {
      action: 'password_reset',
      at,
    });
  });
}

async function replacePassword(
  tx: EntityManager,
  { owner, passwordHash, at }: { owner: User; passwordHash: string; at: Date },
): Promise<void> {
  await tx.update(User, owner.id, { passwordHash, emailVerifiedAt: owner.emailVerifiedAt ?? at });
  await signOutEverywhere(tx, { userId: owner.id, because: 'password', at });
  await enqueue(tx, { name: 'mail-password-changed', payload: { user_id: owner.id } });
}
