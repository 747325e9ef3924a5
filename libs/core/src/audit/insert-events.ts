import type { PreparedStatement } from '@slipway/platform/db/prepared';
import type { AuditDetails, AuditFacts } from '../shared/audit-writer';
import { newId } from '../shared/ids';
import type { Principal } from '../shared/principal';

/** An event as its table takes it; members in the order of the columns. */
export interface NewEvent {
  id: string;
  at: Date;
  action: string;
  actor_kind: string;
  actor_id: string;
  project_id: string | null;
  asset_id: string | null;
  request_id: string | null;
  result: string;
  reason: string | null;
  details: AuditDetails;
  personal: AuditDetails;
}

/**
 * Takes `jsonOf(events)`: one parameter, whatever the number of rows, and no dearer for Node than arrays for `unnest`.
 * The salt has 122 random bits; the digest is all that is hashed before the event is sealed.
 */
export const INSERT_EVENTS: PreparedStatement = {
  name: 'audit-insert',
  text: `
    insert into audit_events (id, at, action, actor_kind, actor_id, project_id, asset_id, request_id, result, reason,
                              details, personal, salt, personal_digest)
    select salted.*, sha256(salt || convert_to(personal::text, 'UTF8'))
      from (
        select event.*, uuid_send(gen_random_uuid()) as salt
          from json_to_recordset($1) as event (
            id text, at timestamptz, action text, actor_kind text, actor_id text, project_id text, asset_id text,
            request_id text, result text, reason text, details json, personal json)
      ) as salted`,
};

/** Long enough for every browser; a header may have thousands. */
const USER_AGENT_LENGTH = 400;

function personalOf({ ip, userAgent }: Principal, facts: AuditFacts): AuditDetails {
  return {
    ...(ip !== null && { ip }),
    ...(userAgent !== null && { user_agent: userAgent.slice(0, USER_AGENT_LENGTH) }),
    ...facts.personal,
  };
}

export function toNewEvent(principal: Principal, facts: AuditFacts): NewEvent {
  return {
    id: newId('AUD'),
    at: facts.at,
    action: facts.action,
    actor_kind: principal.kind,
    actor_id: principal.id,
    project_id: facts.projectId ?? null,
    asset_id: facts.assetId ?? null,
    request_id: principal.requestId,
    result: facts.result ?? 'success',
    reason: facts.reason ?? null,
    details: facts.details ?? {},
    personal: personalOf(principal, facts),
  };
}

/** NUL and halves of surrogate pairs, as `JSON.stringify` writes them. */
const UNSTORABLE = /\\u(?:0000|d[89a-f])/;

const storable = (_: string, value: unknown): unknown =>
  typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value;

/** Without what PostgreSQL cannot store as text, which clients can put into what they send. */
export function jsonOf(events: readonly NewEvent[]): string {
  const json = JSON.stringify(events);
  return UNSTORABLE.test(json) ? JSON.stringify(events, storable) : json;
}
