import type { AuditFacts } from '../shared/audit-writer';
import type { Deps } from '../shared/deps';
import { DomainError, type ErrorCode } from '../shared/errors';
import type { Principal } from '../shared/principal';

/** Failures that mean "not you" or "not now", and not that the call was faulty. */
const DENIALS: ReadonlySet<ErrorCode> = new Set([
  'not_found',
  'forbidden',
  'asset_withheld',
  'project_archived',
  'password_required',
  'wrong_password',
  'share_expired',
  'share_exhausted',
  'link_invalid',
  'too_many_attempts',
]);

export interface Attempt extends Omit<AuditFacts, 'at' | 'result' | 'reason'> {
  principal: Principal;
}

/** What a client names, where it has the form of an id: anything may be asked for, but not everything is kept. */
export const idOrNothing = (id: string): string | undefined =>
  /^[A-Z]{3}-[0-9A-Z]{26}$/.test(id) ? id : undefined;

/**
 * Does `work`; a denial is on record, with its code as the reason, before it is answered. Outside of transactions: a
 * refused one would take its record with it. Where the record cannot be written, the database's error is thrown instead.
 */
export async function withRefusalsOnRecord<Result>(
  { principal, ...attempt }: Attempt,
  work: () => Promise<Result>,
  deps: Pick<Deps, 'audit' | 'clock'>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DomainError && DENIALS.has(error.code)) {
      await deps.audit.recordRefusal(principal, { ...attempt, at: deps.clock.now(), reason: error.code });
    }
    throw error;
  }
}
