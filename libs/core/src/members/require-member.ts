import type { EntityManager } from 'typeorm';
import { DomainError } from '../shared/errors';
import { findMember, type Member } from './read-members';

/** Fails with `not_found`. */
export async function requireMember(
  tx: EntityManager,
  where: { projectId: string; userId: string },
): Promise<Member> {
  const member = await findMember(tx, where);
  if (!member) throw new DomainError('not_found', 'There is no such member.');
  return member;
}

/** Whoever pays is an owner: so every project has one. Fails with `last_owner`. */
export function assertDoesNotPay({ isPayer }: Member): void {
  if (!isPayer) return;
  throw new DomainError('last_owner', 'This project counts against their quota: transfer it first.');
}
