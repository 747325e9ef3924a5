import type { EntityManager } from 'typeorm';
import type { Answer, SealedCall } from './sealed-call';

/** The right of one call to be the one that is carried out. */
export interface KeyClaim {
  call: SealedCall;
  /** Names the claim too: one that takes over can only end later. */
  until: Date;
}

export interface EarlierCall {
  request: Buffer;
  /** Null while it is under way, or when it ended without a word. */
  answer: Answer | null;
}

type Database = Pick<EntityManager, 'query'>;

/**
 * How long a claim keeps others from carrying the call out again: longer than a call takes, since whoever comes after
 * it repeats what a dead process may have done. Only a completion that reads a large object back takes longer, and
 * that has a claim of its own.
 */
export const LEASE_MS = 60_000;
export const KEPT_MS = 24 * 60 * 60_000;

const CLAIM = `
  insert into idempotency_keys (id, request, locked_until, expires_at) values ($1, $2, $3, $4)
  on conflict (id) do update
     set request = excluded.request, locked_until = excluded.locked_until, expires_at = excluded.expires_at,
         status = null, answer = null
   where idempotency_keys.expires_at <= $5
      or (idempotency_keys.locked_until <= $5 and idempotency_keys.request = excluded.request)
  returning id`;

/** Null when the key is taken: by a call under way, by one that was answered, or by another request. */
export async function claimKey(db: Database, call: SealedCall, now: Date): Promise<KeyClaim | null> {
  const until = new Date(now.getTime() + LEASE_MS);
  const expiry = new Date(now.getTime() + KEPT_MS);
  const rows = await db.query<unknown[]>(CLAIM, [call.id, call.request, until, expiry, now]);
  return rows.length === 0 ? null : { call, until };
}

export async function readEarlierCall(db: Database, call: SealedCall): Promise<EarlierCall | null> {
  type Row = { request: Buffer; status: number | null; answer: Buffer | null };
  const [row] = await db.query<Row[]>('select request, status, answer from idempotency_keys where id = $1', [
    call.id,
  ]);
  if (!row) return null;
  const { request, status, answer } = row;
  const isAnswered = status !== null && answer !== null && request.equals(call.request);
  return { request, answer: isAnswered ? { status, body: call.open(answer) } : null };
}

/** Keeps the answer, unless the claim lapsed and another call has it. */
export async function keepAnswer(db: Database, { call, until }: KeyClaim, answer: Answer): Promise<void> {
  await db.query(
    'update idempotency_keys set status = $3, answer = $4, locked_until = null where id = $1 and locked_until = $2',
    [call.id, until, answer.status, call.seal(answer.body)],
  );
}

/** Forgets the call, so that the next one with its key is carried out. */
export async function releaseKey(db: Database, { call, until }: KeyClaim): Promise<void> {
  await db.query('delete from idempotency_keys where id = $1 and locked_until = $2', [call.id, until]);
}
