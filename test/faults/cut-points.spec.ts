import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compareKeys } from '@slipway/core/reconcile/merge-by-key';
import { type Crew, FaultStage, type Victim } from '../support/fault-stage';
import { leftOver, NOTHING_LEFT } from '../support/left-over';
import { later, sweep } from '../support/reconcile-steps';
import { sha256 } from '../support/test-files';
import { API_CUT_POINTS } from './cut-points/api-cut-points';
import type { CutPoint } from './cut-points/cut-point';
import { type CutRun, runCutPoints } from './cut-points/run-cut-points';
import { runSweepCutPoints, type SweepRun } from './cut-points/run-sweep-cut-points';
import { STORAGE_CUT_POINTS } from './cut-points/storage-cut-points';
import { SWEEP_CUT_POINTS } from './cut-points/sweep-cut-points';
import { WORKER_CUT_POINTS } from './cut-points/worker-cut-points';

interface Round {
  victim: Victim;
  points: readonly CutPoint[];
  /** Enough for all that is held at once: an API has ten connections to the database, a worker does six jobs. */
  crew: Crew;
}

const ROUNDS: Round[] = [
  { victim: 'API', points: API_CUT_POINTS, crew: { apis: 3, workers: 1 } },
  { victim: 'worker', points: WORKER_CUT_POINTS, crew: { apis: 1, workers: 4 } },
  { victim: 'storage', points: STORAGE_CUT_POINTS, crew: { apis: 1, workers: 1 } },
];

const inOrder = (pairs: unknown[][]): string[] => pairs.map((pair) => pair.join(': ')).toSorted(compareKeys);

describe.each(ROUNDS)('kill -9 of the $victim at', ({ victim, points, crew }) => {
  let stage: FaultStage;
  let runs: CutRun[];

  beforeAll(async () => {
    stage = await FaultStage.start(crew);
    runs = await runCutPoints(stage, victim, points);
  }, 180_000);

  afterAll(() => stage?.stop());

  const runOf = (point: CutPoint): CutRun => {
    const found = runs.find((run) => run.point === point);
    if (!found) throw new Error('It did not run');
    return found;
  };

  test.each(points)('$title: $end', async (point) => {
    const { walk } = runOf(point);
    const assets = await stage.query<{ file_key: string }>(
      'select file_key from assets where project_id = $1 and deleted_at is null',
      [walk.projectId],
    );
    expect(assets).toHaveLength(point.end === 'asset' ? 1 : 0);
    // Nobody was told of an asset that is not there, unless they had it deleted.
    expect(walk.told && point.end === 'nothing').toBe(point.during === 'delete');
    for (const { file_key: key } of assets) {
      const stored = await stage.deps.objects.readRange(key, 0, walk.file.body.length + 1);
      expect(sha256(stored)).toBe(sha256(walk.file.body));
    }
  });

  test('the comparison of bucket and database finds what only it can, and nothing else', async () => {
    const { found } = await sweep(later(stage.deps, 2), { dryRun: false });
    const titleOf = (key: unknown) => runs.find((run) => run.has(key))?.point.title;
    const told = found.map(([kind, { key }]) => [titleOf(key), kind]);
    const expected = points.flatMap(({ title, swept }) => (swept ? [[title, swept]] : []));
    expect(inOrder(told)).toEqual(inOrder(expected));
  });

  test('no orphan, no missing object, nothing unfinished, and the ledger is what the rows say', async () => {
    expect(await leftOver(stage.deps)).toEqual(NOTHING_LEFT);
  });
});

describe('kill -9 in the comparison of bucket and database', () => {
  let stage: FaultStage;
  let runs: SweepRun[];

  beforeAll(async () => {
    stage = await FaultStage.start({ apis: 1, workers: 1 });
    runs = await runSweepCutPoints(stage, SWEEP_CUT_POINTS);
  }, 180_000);

  afterAll(() => stage?.stop());

  test.each(SWEEP_CUT_POINTS)('$title', (point) => {
    const run = runs.find((one) => one.point === point);
    expect(run?.failure).toBeNull();
  });

  test('the next run mends all of it', async () => {
    expect(await leftOver(stage.deps)).toEqual(NOTHING_LEFT);
  });
});

describe('docs/failure-modes.md', () => {
  test('has each of them, with what brings it right', async () => {
    const page = await readFile(join(__dirname, '../../docs/failure-modes.md'), 'utf8');
    const lines = ROUNDS.flatMap(({ victim, points }) =>
      points.map(({ title, mended, end }) => `| ${victim} | ${title} | ${mended} | ${end} |`),
    );
    const sweeps = SWEEP_CUT_POINTS.map(({ title, victim, mess }) => `| ${victim} | ${title} | ${mess} |`);
    expect([...lines, ...sweeps].filter((line) => !page.includes(`${line}\n`))).toEqual([]);
  });
});
