import { IsNull } from 'typeorm';
import type { Deps } from '../shared/deps';
import { accountOf, type Principal } from '../shared/principal';
import { ApiKey } from './api-key.entity';

/** More than an account can have alive; of those that ended by themselves, the newest. */
const LIMIT = 200;

/** The caller's keys that were not revoked, newest first; those that have ended too. */
export function listApiKeys(principal: Principal, deps: Pick<Deps, 'db'>): Promise<ApiKey[]> {
  return deps.db.manager.find(ApiKey, {
    where: { userId: accountOf(principal), revokedAt: IsNull() },
    order: { createdAt: 'DESC', id: 'DESC' },
    take: LIMIT,
  });
}
