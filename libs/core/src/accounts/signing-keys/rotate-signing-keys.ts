import { inTransaction } from '@slipway/platform/db/database';
import type { EntityManager } from 'typeorm';
import type { Deps } from '../../shared/deps';
import type { KeySeal } from './key-seal';
import { addKey, readKeys } from './stored-key';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long a key signs. Milliseconds. */
export const KEY_LIFE_MS = 30 * DAY_MS;

/** How long a key is published before it signs, for those who keep the list for a while. Milliseconds. */
export const PUBLISHED_AHEAD_MS = DAY_MS;

/** The longest life of an access token, and some more for clocks that differ. Milliseconds. */
export const VERIFIES_ON_MS = 1.5 * HOUR_MS;

/** Any number, as long as every process of every version takes the same one. */
const LOCK = 5_170_338_264;

export type Rotation = 'nothing due' | 'first key' | 'next key';

/**
 * Makes the next key ahead of time, and forgets those that are over. A key without a successor goes on for as long as it
 * takes, and one that no secret here opens is none. Of processes at once one makes it.
 */
export function rotateSigningKeys(
  seal: KeySeal,
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
): Promise<Rotation> {
  return inTransaction(db, async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [LOCK]);
    const now = clock.now();
    await tx.query('delete from signing_keys where retires_at <= $1', [now]);
    const newest = (await readKeys(tx, seal, now)).at(-1);
    if (!newest) {
      await addKey(tx, seal, { now, signsFrom: now });
      return 'first key';
    }
    const due = newest.signsFrom.getTime() + KEY_LIFE_MS - PUBLISHED_AHEAD_MS;
    if (now.getTime() < due) return 'nothing due';
    await succeed(tx, seal, now);
    return 'next key';
  });
}

async function succeed(tx: EntityManager, seal: KeySeal, now: Date): Promise<void> {
  const signsFrom = new Date(now.getTime() + PUBLISHED_AHEAD_MS);
  const retiresAt = new Date(signsFrom.getTime() + VERIFIES_ON_MS);
  await tx.query('update signing_keys set retires_at = $1 where retires_at is null', [retiresAt]);
  await addKey(tx, seal, { now, signsFrom });
}
