import type { EntityManager } from 'typeorm';
import { newId } from '../shared/ids';
import type { Principal } from '../shared/principal';
import { AuditEvent, type AuditAction, type AuditDetails } from './audit-event.entity';

export interface AuditFacts {
  action: AuditAction;
  at: Date;
  projectId?: string;
  assetId?: string;
  result?: 'success' | 'refused';
  reason?: string;
  details?: AuditDetails;
}

/** Written in the transaction of what they speak of, so that neither can exist without the other. */
export async function recordAuditEvents(
  tx: EntityManager,
  principal: Principal,
  facts: readonly AuditFacts[],
): Promise<void> {
  await tx.insert(
    AuditEvent,
    facts.map((one) => toEvent(principal, one)),
  );
}

export const recordAuditEvent = (tx: EntityManager, principal: Principal, facts: AuditFacts): Promise<void> =>
  recordAuditEvents(tx, principal, [facts]);

function toEvent(principal: Principal, facts: AuditFacts): AuditEvent {
  return {
    id: newId('AUD'),
    at: facts.at,
    action: facts.action,
    actorKind: principal.kind,
    actorId: principal.id,
    projectId: facts.projectId ?? null,
    assetId: facts.assetId ?? null,
    ip: principal.ip,
    userAgent: principal.userAgent,
    requestId: principal.requestId,
    result: facts.result ?? 'success',
    reason: facts.reason ?? null,
    details: facts.details ?? {},
  };
}
