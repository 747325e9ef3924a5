import { inTransaction } from '@slipway/platform/db/database';
import { recordAuditEvent } from '../audit/record-audit-event';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import { accountOf, type Principal } from '../shared/principal';

const REVOKE = `
  update api_keys set revoked_at = $3
   where id = $1 and user_id = $2 and revoked_at is null
  returning project_id`;

/** Ends one of the caller's keys at once. Fails with `not_found`, also for a second call. */
export async function revokeApiKey(
  principal: Principal,
  keyId: string,
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<void> {
  const at = deps.clock.now();
  await inTransaction(deps.db, async (tx) => {
    const [revoked] = await tx.query<[{ project_id: string | null }[], number]>(REVOKE, [
      keyId,
      accountOf(principal),
      at,
    ]);
    const [key] = revoked;
    if (!key) throw new DomainError('not_found', 'There is no such API key.');
    await recordAuditEvent(tx, principal, {
      action: 'api_key_revoked',
      at,
      ...(key.project_id !== null && { projectId: key.project_id }),
      details: { key_id: keyId },
    });
  });
}
