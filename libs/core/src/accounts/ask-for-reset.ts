import { inTransaction } from '@slipway/platform/db/database';
import { enqueue } from '@slipway/platform/jobs/enqueue';
import { recordAuditEvent } from '../audit/record-audit-event';
import type { Deps } from '../shared/deps';
import { type Origin, visitor } from '../shared/principal';
import { hashOfToken } from './secret-token';

/** After that a mail comes too late to be of use. */
const ATTEMPTS = 10;

/**
 * Has a link to a new password mailed, if there is an account with the address. The same work either way: whether there
 * is one, only the job looks up.
 */
export function askForReset(
  origin: Origin,
  email: string,
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
): Promise<void> {
  const address = email.toLowerCase();
  return inTransaction(db, async (tx) => {
    await enqueue(tx, {
      name: 'mail-password-reset',
      payload: { email: address },
      // However often somebody asks, one waits at a time.
      key: `mail-password-reset ${hashOfToken(address).toString('hex')}`,
      maxAttempts: ATTEMPTS,
    });
    await recordAuditEvent(tx, visitor(origin), {
      action: 'password_reset_asked',
      at: clock.now(),
      personal: { email: address },
    });
  });
}
