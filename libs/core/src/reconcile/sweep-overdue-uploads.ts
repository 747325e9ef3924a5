import { findWaitingJobs } from '@slipway/platform/jobs/find-waiting-jobs';
import type { EntityManager } from 'typeorm';
import { expiryJobKey, lookAfterUpload } from '../uploads/look-after-upload';
import type { Finding, Look, SweepDeps } from './finding';

const PAGE = 500;

const OVERDUE = `
  select id, asset_id, expires_at from uploads
   where status = 'pending' and expires_at < $1 and (expires_at, id) > ($2, $3)
   order by expires_at, id limit $4`;

interface OverdueRow {
  id: string;
  asset_id: string;
  expires_at: Date;
}

/** Finds uploads that are long over and that no job will end: it failed too often, or was removed. */
export async function* sweepOverdueUploads(look: Look, deps: SweepDeps): AsyncGenerator<Finding[]> {
  for await (const page of overduePages(look, deps.db.manager)) {
    const waiting = await findWaitingJobs(
      deps.db.manager,
      page.map(({ id }) => expiryJobKey(id)),
    );
    const abandoned = page.filter(({ id }) => !waiting.has(expiryJobKey(id)));
    yield abandoned.map((upload) => toFinding(upload, deps));
  }
}

async function* overduePages(
  { settledBefore, signal }: Look,
  db: EntityManager,
): AsyncGenerator<OverdueRow[]> {
  for (let after = { expires_at: new Date(0), id: '' }; ;) {
    signal.throwIfAborted();
    const page = await db.query<OverdueRow[]>(OVERDUE, [settledBefore, after.expires_at, after.id, PAGE]);
    yield page;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last;
  }
}

const toFinding = ({ id, asset_id }: OverdueRow, { db, clock }: SweepDeps): Finding => ({
  kind: 'overdue_upload',
  facts: { upload_id: id, asset_id },
  repair: () => lookAfterUpload(db.manager, id, { runAt: clock.now() }),
});
