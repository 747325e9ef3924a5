import type { EntityManager } from 'typeorm';

/** Who pays for the project `$1`, as far as a statement knows when it begins. */
export const PAYER = '(select payer_id from project_usage where project_id = $1)';

/**
 * The project's row of the ledger, locked, for a statement whose `owner` holds the row of `PAYER`. It may have waited for
 * that while a transfer ended. But a row that is locked is read as it is by then, and one that names another payer is not
 * found here.
 */
export const PROJECT_OF_OWNER = `
  select project_usage.* from owner
    join project_usage on project_usage.project_id = $1 and project_usage.payer_id = owner.user_id
     for no key update of project_usage`;

/**
 * Somebody else pays by now. A serialization failure, so that `inTransaction` begins again: a transaction that went on
 * would hold the former payer's row as well, in no order.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
export class PayerChanged extends Error {
  readonly code = '40001';

  constructor(projectId: string) {
    super(`project ${projectId} was transferred meanwhile, or it or its owner has no ledger row`);
  }
}

const HOLD = `
  select user_id from usage
   where user_id in (select payer_id from project_usage where project_id = any($1))
   order by user_id for no key update`;

const PAID_BY_OTHERS =
  'select project_id from project_usage where project_id = any($1) and payer_id <> all($2)';

/**
 * Holds the rows of all who pay for these projects, in the order in which every transaction takes them that needs
 * several; with one of them held, none of their projects is transferred. Throws `PayerChanged` where one just was.
 */
export async function holdPayers(tx: EntityManager, projectIds: readonly string[]): Promise<void> {
  const held = await tx.query<{ user_id: string }[]>(HOLD, [projectIds]);
  const payers = held.map(({ user_id: userId }) => userId);
  const [other] = await tx.query<{ project_id: string }[]>(PAID_BY_OTHERS, [projectIds, payers]);
  if (other) throw new PayerChanged(other.project_id);
}
