import { inTransaction } from '@slipway/platform/db/database';
import { type EntityManager, In } from 'typeorm';
import { User } from '../accounts/user.entity';
import { erasePersonalData } from '../audit/erase-personal-data';
import { recordAuditEvents } from '../audit/record-audit-event';
import { ProjectMember } from '../projects/project-member.entity';
import type { Deps } from '../shared/deps';
import type { Principal } from '../shared/principal';
import { Export } from './export.entity';
import { namelessKey } from './nameless-key';
import { removeExportAt } from './remove-export';

/** No mail is ever delivered there. RFC 6761 §6.4 */
const erasedAddress = (userId: string): string => `${userId.toLowerCase()}@erased.invalid`;

/**
 * Takes away whatever names a person, and their memberships, shares and invitations, in one transaction: from the audit
 * trail too, which needs their address and their keys to find it. A second call finds it done.
 */
export async function forgetPerson(
  principal: Principal,
  userId: string,
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
): Promise<void> {
  const at = clock.now();
  await inTransaction(db, async (tx) => {
    const user = await tx.findOne(User, { where: { id: userId }, lock: { mode: 'pessimistic_write' } });
    if (!user || user.email === erasedAddress(userId)) return;
    await endExports(tx, userId, at);
    await leaveProjects(tx, principal, { userId, at });
    await erasePersonalData(tx, principal, { userId, at });
    const address = user.email.toLowerCase();
    for (const statement of OF_ADDRESS) await tx.query(statement, [address]);
    for (const statement of OF_ACCOUNT) await tx.query(statement, [userId]);
    const nobody = {
      email: erasedAddress(userId),
      name: 'Erased',
      passwordHash: null,
      emailVerifiedAt: null,
    };
    await tx.update(User, userId, { ...nobody, role: 'user' });
  });
}

async function endExports(tx: EntityManager, userId: string, at: Date): Promise<void> {
  const alive = await tx.findBy(Export, { userId, status: In(['pending', 'ready']) });
  for (const { id } of alive) {
    await tx.update(Export, id, { status: 'expired', updatedAt: at });
    await removeExportAt(tx, id, at);
  }
}

async function leaveProjects(
  tx: EntityManager,
  principal: Principal,
  { userId, at }: { userId: string; at: Date },
): Promise<void> {
  const memberships = await tx.findBy(ProjectMember, { userId });
  await tx.delete(ProjectMember, { userId });
  await recordAuditEvents(
    tx,
    principal,
    memberships.map(({ projectId, role }) => ({
      action: 'member_left',
      at,
      projectId,
      details: { user_id: userId, role },
    })),
  );
}

const OF_ADDRESS: readonly string[] = [
  'delete from invitations where email = $1',
  'delete from shares where email = $1',
  'delete from preview_mails where lower(recipient) = $1',
];

/** What they uploaded into projects of others stays there; what became of nothing, or is gone by now, loses its name. */
const OF_ACCOUNT: readonly string[] = [
  'delete from invitations where invited_by = $1 and answered_at is null',
  'delete from shares where created_by = $1',
  'delete from sessions where user_id = $1',
  'delete from account_tokens where user_id = $1',
  'delete from identities where user_id = $1',
  'delete from api_keys where user_id = $1',
  `update imports set address = 'erased', name = null where created_by = $1`,
  `update uploads set file_name = 'erased', file_key = ${namelessKey('asset_id')}, rejection_detail = null
    where created_by = $1 and (status in ('rejected', 'expired', 'cancelled')
      or asset_id in (select id from assets where created_by = $1 and deleted_at is not null))`,
  `update assets set name = 'Erased', file_name = 'erased', file_key = ${namelessKey('id')}, review_reason = null
    where created_by = $1 and deleted_at is not null`,
];
