import { Client } from 'pg';
import { migrate } from '@slipway/platform/db/migrate';
import { createCoreWorld } from '../support/core-world';
import { startProcess } from '../support/processes';
import { urlOfDatabase } from '../support/test-server';
import { below, type BenchRow } from './bench-row';
import type { BenchStage } from './bench-stage';
import { DIFFERENCES, type SeededProject } from './listed-bucket';
import { seedAssets } from './seed-assets';
import type { SweepFigures } from './sweep-process';

const FEW = 100_000;
const MANY = 1_000_000;
/** What a heap may still grow by once it has found its size. */
const FLAT = 1.25;

/** Of its own: what the other benches leave has no objects behind it. */
async function makeDatabase({ databaseUrl }: BenchStage): Promise<string> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('create database reconcile').finally(() => client.end());
  const url = urlOfDatabase(databaseUrl, 'reconcile');
  await migrate(url);
  return url;
}

async function makeProjects(url: string, { storage }: BenchStage): Promise<[string, string]> {
  const world = await createCoreWorld(storage, { url, drop: async () => undefined });
  try {
    const owner = await world.newUser();
    const [one, other] = [await world.newProject(owner), await world.newProject(owner)];
    return [one.id, other.id];
  } finally {
    await world.close();
  }
}

async function sweep(url: string, projects: SeededProject[]): Promise<SweepFigures> {
  const child = startProcess('test/bench/sweep-process.js', { args: [url, JSON.stringify(projects)] });
  const { code } = await child.exited;
  if (code !== 0) throw new Error(`The sweep failed:\n${child.output}`);
  const figures = JSON.parse(child.output) as SweepFigures;
  requireExact(figures, projects.length * DIFFERENCES);
  return figures;
}

/** A sweep that finds too little or too much is not worth its time. */
function requireExact({ found }: SweepFigures, each: number): void {
  const expected = { missing_object: each, size_differs: each, stray_object: each };
  const [told, wanted] = [found, expected].map((counts) => JSON.stringify(Object.entries(counts).toSorted()));
  if (told !== wanted) throw new Error(`The sweep found ${told} instead of ${wanted}`);
}

const microseconds = ({ seconds, objects }: SweepFigures): number => (seconds * 1e6) / objects;

/** Bucket and database of a million files, compared in a process of its own: time and memory against fewer. */
export async function benchReconcile(stage: BenchStage): Promise<BenchRow[]> {
  const url = await makeDatabase(stage);
  const [one, other] = await makeProjects(url, stage);
  const first = { projectId: one, count: FEW };
  const rest = { projectId: other, count: MANY - FEW };
  await seedAssets(url, first);
  const few = await sweep(url, [first]);
  await seedAssets(url, rest);
  const many = await sweep(url, [first, rest]);
  const { megabytes } = many;
  const early = megabytes[Math.floor(megabytes.length / 10)] ?? 0;
  const most = Math.max(...megabytes.slice(Math.floor(megabytes.length / 10)));
  return [
    {
      name: `comparing ${MANY} objects with their rows, for each`,
      value: microseconds(many),
      unit: 'µs',
      baseline: `of ${FEW}: ${microseconds(few).toFixed(1)}`,
      ratio: microseconds(many) / microseconds(few),
    },
    { name: '… for all of them', value: many.seconds, unit: 's' },
    {
      name: '… most memory of it after a tenth',
      value: most,
      unit: 'MB',
      baseline: `at a tenth: ${Math.round(early)}`,
      ratio: most / early,
      target: below(most / early, FLAT, ' ×'),
    },
  ];
}
