import type { EntityManager } from 'typeorm';

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

// The second update takes its row from the first one's result. That fixes the order of the locks, the owner's
// row before the project's, so that two projects of one owner cannot deadlock.
const MOVE = `
  with owner as (
    update usage ${ADD}
      from projects where projects.id = $1 and usage.user_id = projects.owner_id
    returning projects.id as project_id
  )
  update project_usage ${ADD}
    from owner where project_usage.project_id = owner.project_id`;

/** Moves the counters of a project and of its owner, who pays for it, in one statement. */
export async function moveLedger(tx: EntityManager, projectId: string, change: LedgerChange): Promise<void> {
  const { usedBytes = 0, reservedBytes = 0, usedFiles = 0, reservedFiles = 0 } = change;
  const [, moved] = await tx.query<[unknown[], number]>(MOVE, [
    projectId,
    usedBytes,
    reservedBytes,
    usedFiles,
    reservedFiles,
  ]);
  if (moved !== 1) throw new Error(`project ${projectId} or its owner has no ledger row`);
}
