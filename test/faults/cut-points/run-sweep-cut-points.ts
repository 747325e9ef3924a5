import type { FaultStage } from '../../support/fault-stage';
import { startCode, type TestProcess } from '../../support/processes';
import { textFile } from '../../support/test-files';
import { type KnownUpload, UploadWalk } from '../../support/upload-walk';
import { arm, keyOfRendition } from './arm';
import type { Mess, SweepCutPoint } from './sweep-cut-points';
import { untilQuiet } from './until-quiet';

/** A worker whose clock is two hours ahead: to it everything is old enough to be compared. */
const SWEEPING_WORKER = `
  const { systemClock } = require('./libs/core/src/shared/clock');
  systemClock.now = () => new Date(Date.now() + 2 * 3_600_000);
  require('./apps/worker/src/main');`;

export interface SweepRun {
  point: SweepCutPoint;
  upload: KnownUpload;
  /** Null when the process was killed where it was to be. */
  failure: unknown;
}

const contentType = 'text/plain';

/** Each of these is left behind, or lost, by something that went wrong long ago. */
const MAKE: Record<Mess, (stage: FaultStage, upload: KnownUpload) => Promise<unknown>> = {
  'stray parts': ({ deps }, { file_key: key }) =>
    deps.objects.createMultipart(key, { contentType, checksum: 'none' }),
  'stray incoming object': ({ deps }, { incoming_key: key }) => put(deps, key),
  'stray object': ({ deps }, { file_key: key }) => put(deps, key),
  'missing rendition': ({ deps }, upload) => deps.objects.delete(keyOfRendition(upload, 'qr-code')),
};

const put = ({ objects }: FaultStage['deps'], key: string): Promise<unknown> =>
  objects.put(key, Buffer.from('left behind'), { contentType });

/** Its objects are gone, or an asset and its rendition are there, whichever the mess needs. */
async function endedUpload(stage: FaultStage, mess: Mess): Promise<[UploadWalk, KnownUpload]> {
  const walk = await UploadWalk.start(stage, stage.apiUrl(0), textFile('A note'));
  const end = mess === 'stray object' ? 'cancel' : 'complete';
  for (const step of ['begin', 'send', end] as const) await walk.persist(step);
  const upload = await walk.upload();
  if (!upload) throw new Error('It was not begun');
  return [walk, upload];
}

const startSweep = async (stage: FaultStage): Promise<TestProcess> => {
  await stage.query(`select graphile_worker.add_job('reconcile')`);
  return startCode(SWEEPING_WORKER, { env: stage.environment });
};

async function cut(stage: FaultStage, point: SweepCutPoint, walk: UploadWalk): Promise<void> {
  const hold = await arm(stage, point.at, walk);
  const worker = await startSweep(stage);
  try {
    await hold.reached();
    if (point.victim === 'storage') await stage.kill('storage');
  } finally {
    await worker.kill();
    hold.drop();
  }
  if (point.victim === 'storage') await stage.restart('storage');
}

/** One after another, since a comparison mends all that it meets before its end; then one that nobody kills. */
export async function runSweepCutPoints(
  stage: FaultStage,
  points: readonly SweepCutPoint[],
): Promise<SweepRun[]> {
  const ended = await Promise.all(points.map(({ mess }) => endedUpload(stage, mess)));
  await untilQuiet(stage);
  await stage.kill('worker');
  const runs: SweepRun[] = [];
  for (const [index, [walk, upload]] of ended.entries()) {
    const point = points[index];
    if (!point) continue;
    await MAKE[point.mess](stage, upload);
    const failure = await cut(stage, point, walk).then(
      () => null,
      (error: unknown) => error,
    );
    runs.push({ point, upload, failure });
  }
  const last = await startSweep(stage);
  await untilQuiet(stage);
  await last.stop();
  return runs;
}
