import type { DataSource, SelectQueryBuilder } from 'typeorm';
import type { AuditAction } from '../shared/audit-writer';
import { type Cursor, decodeCursor, encodeCursor, type Page, type PageRequest } from '../shared/page';
import { AuditEvent } from './audit-event.entity';

export interface AuditFilter {
  projectId?: string | undefined;
  assetId?: string | undefined;
  action?: AuditAction | undefined;
  /** Id of a user, a key or a share. */
  actor?: string | undefined;
  /** Erased ones are found no more. */
  ip?: string | undefined;
  /** Inclusive. */
  from?: Date | undefined;
  /** Exclusive. */
  to?: Date | undefined;
}

const CONDITIONS: Record<keyof AuditFilter, string> = {
  projectId: 'event.projectId = :projectId',
  assetId: 'event.assetId = :assetId',
  action: 'event.action = :action',
  actor: 'event.actorId = :actor',
  ip: `event.personal ->> 'ip' = :ip`,
  from: 'event.at >= :from',
  to: 'event.at < :to',
};

/** Newest first; those after `cursor`. */
function queryOf(db: DataSource, filter: AuditFilter, cursor?: Cursor): SelectQueryBuilder<AuditEvent> {
  const query = db.manager.createQueryBuilder(AuditEvent, 'event');
  for (const name of Object.keys(CONDITIONS) as (keyof AuditFilter)[]) {
    if (filter[name] !== undefined) query.andWhere(CONDITIONS[name], { [name]: filter[name] });
  }
  if (cursor) query.andWhere('(event.at, event.id) < (:createdAt, :id)', cursor);
  return query.orderBy('event.at', 'DESC').addOrderBy('event.id', 'DESC');
}

const cursorOf = ({ at, id }: AuditEvent): Cursor => ({ createdAt: at, id });

/** Fails with `invalid_request` for a cursor that was not given out. */
export async function listAuditEvents(
  db: DataSource,
  filter: AuditFilter,
  { limit, cursor }: PageRequest,
): Promise<Page<AuditEvent>> {
  const after = cursor === undefined ? undefined : decodeCursor(cursor);
  // One more than asked for tells whether another page follows.
  const rows = await queryOf(db, filter, after)
    .limit(limit + 1)
    .getMany();
  const last = rows[limit - 1];
  return {
    rows: rows.slice(0, limit),
    nextCursor: rows.length > limit && last ? encodeCursor(cursorOf(last)) : null,
  };
}

const PAGE = 500;

/**
 * All of them, newest first, a page at a time. By keys and not by a cursor of the database, which a slow reader would
 * keep open, with its connection and its transaction, for as long as the download takes.
 */
export async function* streamAuditEvents(db: DataSource, filter: AuditFilter): AsyncGenerator<AuditEvent> {
  for (let after: Cursor | undefined, more = true; more;) {
    const page = await queryOf(db, filter, after).limit(PAGE).getMany();
    yield* page;
    const last = page.at(-1);
    more = page.length === PAGE;
    after = last && cursorOf(last);
  }
}
