import type { SelectQueryBuilder } from 'typeorm';
import { DomainError } from './errors';

/** The last row of a page, newest first; the next page begins after it. */
export interface Cursor {
  createdAt: Date;
  id: string;
}

export interface PageRequest {
  limit: number;
  cursor?: string | undefined;
}

export interface Page<Row> {
  rows: Row[];
  nextCursor: string | null;
}

export const encodeCursor = (last: Cursor): string =>
  Buffer.from(`${last.createdAt.toISOString()} ${last.id}`).toString('base64url');

const CURSOR = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([\w-]{1,40})$/;

/** Fails with `invalid_request` for a cursor that this server did not give out. */
export function decodeCursor(text: string): Cursor {
  const match = CURSOR.exec(Buffer.from(text, 'base64url').toString());
  const createdAt = new Date(match?.[1] ?? Number.NaN);
  const id = match?.[2];
  if (id === undefined || Number.isNaN(createdAt.getTime())) {
    throw new DomainError('invalid_request', 'The cursor is not one that this list gave out.', {
      errors: [{ field: 'cursor', message: 'must be a next_cursor of this list' }],
    });
  }
  return { createdAt, id };
}

/** Reads one page, newest first. The index of the table's `(…, created_at, id)` makes every page cost the same. */
export async function readPage<Row extends Cursor>(
  query: SelectQueryBuilder<Row>,
  { limit, cursor }: PageRequest,
): Promise<Page<Row>> {
  query
    .orderBy(`${query.alias}.createdAt`, 'DESC')
    .addOrderBy(`${query.alias}.id`, 'DESC')
    // One more than asked for tells whether another page follows.
    .limit(limit + 1);
  if (cursor !== undefined) {
    query.andWhere(`(${query.alias}.createdAt, ${query.alias}.id) < (:createdAt, :id)`, decodeCursor(cursor));
  }
  return toPage(await query.getMany(), limit);
}

/** Makes a page of the rows read, of which there is one more than asked for when another page follows. */
export function toPage<Row extends Cursor>(rows: Row[], limit: number): Page<Row> {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, nextCursor: rows.length > limit && last ? encodeCursor(last) : null };
}
