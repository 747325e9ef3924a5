import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultStage } from '../../support/fault-stage';

/** The jobs of a process that was killed are free after 15 s. */
const WITHIN_MS = 60_000;

/** Lets time pass until no job is left that anybody waits for. Throws with those that are. */
export async function untilQuiet(stage: FaultStage): Promise<void> {
  const deadline = Date.now() + WITHIN_MS;
  for (;;) {
    await stage.letTimePass();
    const jobs = await stage.query('select task_identifier, key, last_error from graphile_worker.jobs');
    if (jobs.length === 0) return;
    if (Date.now() > deadline) throw new Error(`There is still to be done: ${JSON.stringify(jobs)}`);
    await sleep(100);
  }
}
