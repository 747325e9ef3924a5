import type { Deps } from '../shared/deps';
import { Tier } from './tier.entity';

export interface ListedTier {
  tier: Tier;
  /** Accounts that have it. */
  users: number;
}

/** All of them, by name. */
export async function listTiers({ db }: Pick<Deps, 'db'>): Promise<ListedTier[]> {
  const [tiers, counts] = await Promise.all([
    db.manager.find(Tier, { order: { name: 'ASC' } }),
    db.query<{ tier: string; users: number }[]>(
      'select tier, count(*)::int as users from users group by tier',
    ),
  ]);
  const users = new Map(counts.map((row) => [row.tier, row.users]));
  return tiers.map((tier) => ({ tier, users: users.get(tier.name) ?? 0 }));
}
