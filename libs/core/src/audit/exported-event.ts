import type { AuditAction, AuditDetails } from '../shared/audit-writer';
import type { Principal } from '../shared/principal';
import type { AuditEvent } from './audit-event.entity';

/** An event as it leaves the product: in answers and in exports. */
export interface ExportedEvent {
  id: string;
  at: string;
  action: AuditAction;
  actor: { kind: Principal['kind']; id: string };
  project_id: string | null;
  asset_id: string | null;
  ip: string | null;
  user_agent: string | null;
  request_id: string | null;
  result: 'success' | 'refused';
  reason: string | null;
  details: AuditDetails;
  /** Then `ip`, `user_agent` and some of the details are missing. */
  erased: boolean;
}

export function toExportedEvent(event: AuditEvent): ExportedEvent {
  const { ip = null, user_agent: userAgent = null, ...named } = event.personal ?? {};
  return {
    id: event.id,
    at: event.at.toISOString(),
    action: event.action,
    actor: { kind: event.actorKind, id: event.actorId },
    project_id: event.projectId,
    asset_id: event.assetId,
    ip,
    user_agent: userAgent,
    request_id: event.requestId,
    result: event.result,
    reason: event.reason,
    details: { ...event.details, ...named },
    erased: event.personal === null,
  };
}
