import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultStage } from '../../support/fault-stage';

/** The jobs of a process that was killed are free after 15 s. */
const WITHIN_MS = 60_000;

/** Lets time pass until no job is left, or none that comes to its end; `leftOver` tells which those are. */
export async function untilQuiet(stage: FaultStage): Promise<void> {
  const deadline = Date.now() + WITHIN_MS;
  while (Date.now() < deadline) {
    await stage.letTimePass();
    const jobs = await stage.query('select from graphile_worker.jobs');
    if (jobs.length === 0) return;
    await sleep(100);
  }
}
