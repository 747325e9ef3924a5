import type { EntityManager } from 'typeorm';
import { PAYER, PayerChanged, PROJECT_OF_OWNER } from './payer';

/** What is added to the counters; negative takes away. */
export interface LedgerChange {
  usedBytes?: number;
  reservedBytes?: number;
  usedFiles?: number;
  reservedFiles?: number;
}

const ADD = `
  set used_bytes = used_bytes + $2, reserved_bytes = reserved_bytes + $3,
      used_files = used_files + $4, reserved_files = reserved_files + $5`;

// The owner's row is locked before the project's, as everywhere, so that two projects of one owner cannot deadlock.
const MOVE = `
  with owner as (
    select user_id from usage where user_id = ${PAYER} for no key update
  ), project as (${PROJECT_OF_OWNER}
  ), moved_of_owner as (
    update usage ${ADD} where user_id = (select payer_id from project)
  )
  update project_usage ${ADD} where project_id = (select project_id from project)`;

/** Moves the counters of a project and of its owner, who pays for it, in one statement. */
export async function moveLedger(tx: EntityManager, projectId: string, change: LedgerChange): Promise<void> {
  const { usedBytes = 0, reservedBytes = 0, usedFiles = 0, reservedFiles = 0 } = change;
  const values = [projectId, usedBytes, reservedBytes, usedFiles, reservedFiles];
  const [, moved] = await tx.query<[unknown[], number]>(MOVE, values);
  if (moved !== 1) throw new PayerChanged(projectId);
}
