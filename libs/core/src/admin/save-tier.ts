import { inTransaction } from '@slipway/platform/db/database';
import { User } from '../accounts/user.entity';
import { recordAuditEvent } from '../audit/record-audit-event';
import type { Deps } from '../shared/deps';
import type { Principal } from '../shared/principal';
import type { ListedTier } from './list-tiers';
import { Tier } from './tier.entity';

/** Makes the tier, or gives it these limits, which hold from the next call of everybody who has it. */
export function saveTier(
  principal: Principal,
  tier: Tier,
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<ListedTier> {
  return inTransaction(deps.db, async (tx) => {
    await tx.upsert(Tier, tier, ['name']);
    await recordAuditEvent(tx, principal, {
      action: 'tier_changed',
      at: deps.clock.now(),
      details: {
        tier: tier.name,
        max_bytes: tier.maxBytes,
        max_file_size: tier.maxFileSize,
        max_files: tier.maxFiles,
        max_project_bytes: tier.maxProjectBytes,
        max_project_files: tier.maxProjectFiles,
        requests_per_minute: tier.requestsPerMinute,
        max_access_url_seconds: tier.maxAccessUrlSeconds,
      },
    });
    return { tier, users: await tx.countBy(User, { tier: tier.name }) };
  });
}
