import { inTransaction } from '@slipway/platform/db/database';
import { sqlState } from '@slipway/platform/db/database-errors';
import { recordAuditEvent } from '../audit/record-audit-event';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { Principal } from '../shared/principal';
import { Tier } from './tier.entity';

const FOREIGN_KEY_VIOLATION = '23503';

/** Every new account has it. */
const FIRST_TIER = 'free';

/** Fails with `not_found`, and with `tier_in_use` while an account has it, or a new one would. */
export async function deleteTier(
  principal: Principal,
  name: string,
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<void> {
  if (name === FIRST_TIER) throw new DomainError('tier_in_use', 'New accounts have this tier.');
  try {
    await inTransaction(deps.db, async (tx) => {
      const { affected } = await tx.delete(Tier, { name });
      if (affected !== 1) throw new DomainError('not_found', 'There is no such tier.');
      await recordAuditEvent(tx, principal, {
        action: 'tier_changed',
        at: deps.clock.now(),
        reason: 'deleted',
        details: { tier: name },
      });
    });
  } catch (error) {
    if (sqlState(error) !== FOREIGN_KEY_VIOLATION) throw error;
    throw new DomainError('tier_in_use', 'Accounts have this tier: give them another one first.', {
      cause: error,
    });
  }
}
