import { inTransaction } from '@slipway/platform/db/database';
import { enqueue } from '@slipway/platform/jobs/enqueue';
import { type EntityManager, IsNull } from 'typeorm';
import { recordAuditEvent } from '../audit/record-audit-event';
import { holdProject } from '../projects/hold-project';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import { newId } from '../shared/ids';
import { accountOf, type Principal } from '../shared/principal';
import type { ProjectRole } from '../shared/project-role';
import { alreadyMember } from './add-member';
import { Invitation } from './invitation.entity';

export interface InviteInput {
  projectId: string;
  email: string;
  role: ProjectRole;
}

const LIFE_MS = 14 * 24 * 60 * 60 * 1000;
export const MAX_OPEN_INVITATIONS = 200;

/**
 * Invites whoever has the address; the mail goes out by a job. Nothing here looks for an account, so that nothing tells
 * whether there is one. An open invitation to the same address is renewed, with the new role. Fails with `not_found`,
 * `forbidden`, `project_archived`, with `already_member`, which members know of each other, and with `quota_exceeded`
 * where too many are open.
 */
export function invite(
  principal: Principal,
  { projectId, role, ...input }: InviteInput,
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<Invitation> {
  const email = input.email.toLowerCase();
  return inTransaction(deps.db, async (tx) => {
    await holdProject(tx, principal, { projectId, right: 'members.manage' });
    if (await isMember(tx, projectId, email)) throw alreadyMember();
    const at = deps.clock.now();
    const expiresAt = new Date(at.getTime() + LIFE_MS);
    const offer = { projectId, email, role, invitedBy: accountOf(principal), expiresAt };
    const invitation = await renewOrInsert(tx, offer, at);
    await recordAuditEvent(tx, principal, {
      action: 'invited',
      at,
      projectId,
      details: { invitation_id: invitation.id, role },
      personal: { email },
    });
    const { id } = invitation;
    await enqueue(tx, {
      name: 'mail-invitation',
      payload: { invitation_id: id },
      key: `mail-invitation:${id}`,
    });
    return invitation;
  });
}

async function isMember(tx: EntityManager, projectId: string, email: string): Promise<boolean> {
  const found = await tx.query<unknown[]>(
    `select from project_members join users on users.id = project_members.user_id
      where project_id = $1 and lower(email) = $2`,
    [projectId, email],
  );
  return found.length > 0;
}

type Offer = Pick<Invitation, 'projectId' | 'email' | 'role' | 'invitedBy' | 'expiresAt'>;

async function renewOrInsert(tx: EntityManager, offer: Offer, at: Date): Promise<Invitation> {
  const { projectId, email } = offer;
  await forgetExpired(tx, projectId, at);
  const open = await tx.findOneBy(Invitation, { projectId, email, answeredAt: IsNull() });
  if (open) {
    await tx.update(Invitation, open.id, offer);
    return Object.assign(open, offer);
  }
  await assertRoom(tx, projectId);
  const rest = { tokenHash: null, createdAt: at, answeredAt: null, answer: null };
  const invitation: Invitation = { id: newId('INV'), ...offer, ...rest };
  await tx.insert(Invitation, invitation);
  return invitation;
}

/** Addresses of people who never answered are not kept. */
async function forgetExpired(tx: EntityManager, projectId: string, now: Date): Promise<void> {
  await tx.query(
    'delete from invitations where project_id = $1 and answered_at is null and expires_at <= $2',
    [projectId, now],
  );
}

async function assertRoom(tx: EntityManager, projectId: string): Promise<void> {
  const used = await tx.countBy(Invitation, { projectId, answeredAt: IsNull() });
  if (used < MAX_OPEN_INVITATIONS) return;
  throw new DomainError('quota_exceeded', 'This project has as many open invitations as it may.', {
    facts: { scope: 'project', kind: 'invitations', used, limit: MAX_OPEN_INVITATIONS, requested: 1 },
  });
}
