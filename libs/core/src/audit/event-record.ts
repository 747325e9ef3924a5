import { leafHash } from './merkle-tree';

/**
 * What of an event the chain covers, as text out of the database: nothing is read as a number or a date on the way, so
 * that no change is too small to show.
 */
export interface EventRecord {
  seq: string;
  id: string;
  /** Milliseconds since 1970. */
  at: string;
  action: string;
  actor_kind: string;
  actor_id: string;
  project_id: string | null;
  asset_id: string | null;
  request_id: string | null;
  result: string;
  reason: string | null;
  /** JSON as it was written. */
  details: string;
  /** Hex. */
  personal_digest: string;
}

/** The members of `EventRecord` as columns of `audit_events as event`. */
export const RECORD_COLUMNS = `
  event.seq::text as seq, event.id, trim_scale(extract(epoch from event.at) * 1000)::text as at, event.action,
  event.actor_kind, event.actor_id, event.project_id, event.asset_id, event.request_id, event.result, event.reason,
  event.details::text as details, encode(event.personal_digest, 'hex') as personal_digest`;

const FORMAT = 'slipway-audit-event-1';

/** A JSON array, so that no two events have the same; what is hashed into the leaf, as UTF-8. */
export const entryOf = (record: EventRecord): string =>
  JSON.stringify([
    FORMAT,
    record.seq,
    record.id,
    record.at,
    record.action,
    record.actor_kind,
    record.actor_id,
    record.project_id,
    record.asset_id,
    record.request_id,
    record.result,
    record.reason,
    record.details,
    record.personal_digest,
  ]);

export const leafOf = (record: EventRecord): Buffer => leafHash(entryOf(record));
