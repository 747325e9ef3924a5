import { setTimeout as sleep } from 'node:timers/promises';
import { pngFile } from '../support/test-files';
import { BenchClient, hashed } from './bench-client';
import { below, type BenchRow } from './bench-row';
import type { BenchStage } from './bench-stage';
import { residentMegabytes } from './process-usage';
import { inParallel } from './rounds';

const SETTLING_MS = 3_000;
const IDLE_TARGET_MB = 150;
const UPLOADS_A_THIRD = 150;
const UNIT = 'MB';

/** Comes before anything has been asked of the API. */
export async function benchIdleMemory({ apiPid }: BenchStage): Promise<BenchRow[]> {
  await sleep(SETTLING_MS);
  const value = residentMegabytes(apiPid);
  return [
    { name: 'memory of the API, idle', value, unit: UNIT, target: below(value, IDLE_TARGET_MB, ' MB') },
  ];
}

/** After what the other benches asked of the API: three more times the same load, to see whether it comes to rest. */
export async function benchLoadedMemory(stage: BenchStage): Promise<BenchRow[]> {
  const client = await BenchClient.join(stage.apiUrl);
  const file = hashed(await pngFile());
  const before = residentMegabytes(stage.apiPid);
  const rows: BenchRow[] = [{ name: 'memory of the API after the load above', value: before, unit: UNIT }];
  for (const time of ['once', 'twice', 'three times']) {
    await inParallel(UPLOADS_A_THIRD, () => client.upload(file));
    const value = residentMegabytes(stage.apiPid);
    const name = `… and after ${UPLOADS_A_THIRD} more uploads, ${time}`;
    rows.push({ name, value, unit: UNIT, baseline: `${Math.round(before)}`, ratio: value / before });
  }
  client.close();
  return rows;
}
