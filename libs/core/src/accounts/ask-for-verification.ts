import { enqueue } from '@slipway/platform/jobs/enqueue';
import type { Deps } from '../shared/deps';
import { accountOf, type Principal } from '../shared/principal';

/** Has the link that proves the caller's address mailed once more; nothing happens where it is proven. */
export async function askForVerification(principal: Principal, { db }: Pick<Deps, 'db'>): Promise<void> {
  if (principal.account?.emailVerified === true) return;
  const userId = accountOf(principal);
  await enqueue(db.manager, {
    name: 'mail-email-verification',
    payload: { user_id: userId },
    key: `mail-email-verification ${userId}`,
  });
}
