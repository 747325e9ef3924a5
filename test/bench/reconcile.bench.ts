import { isDeepStrictEqual } from 'node:util';
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
/** What the memory may still grow by once a tenth is done: the heap's own unrest. */
const FLAT = 1.1;

/** Of its own: what the other benches leave has no objects behind it. */
async function makeDatabase({ databaseUrl }: BenchStage): Promise<string> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('create database reconcile');
  } finally {
    await client.end();
  }
  const url = urlOfDatabase(databaseUrl, 'reconcile');
  await migrate(url);
  return url;
}

async function makeProjects(url: string, { storage }: BenchStage): Promise<[string, string]> {
  const world = await createCoreWorld(storage, { url, ownerUrl: url, drop: async () => undefined });
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
  if (isDeepStrictEqual(found, expected)) return;
  throw new Error(`The sweep found ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`);
}

/** Of the sweep's own CPU, for one object. */
const microseconds = ({ cpuSeconds, objects }: SweepFigures): number => (cpuSeconds * 1e6) / objects;

/** The mean between two shares of the run: what a collection of garbage frees comes back a moment later. */
function meanMegabytes({ megabytes }: SweepFigures, from: number, to: number): number {
  const part = megabytes.slice(Math.floor(megabytes.length * from), Math.floor(megabytes.length * to));
  return part.reduce((sum, value) => sum + value, 0) / part.length;
}

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
  const [early, late] = [meanMegabytes(many, 0.1, 0.2), meanMegabytes(many, 0.9, 1)];
  return [
    {
      name: `comparing one of ${MANY} objects with its row`,
      value: microseconds(many),
      unit: 'µs of CPU',
      baseline: `of ${FEW}: ${microseconds(few).toFixed(1)}`,
      ratio: microseconds(many) / microseconds(few),
    },
    { name: '… all of them', value: many.seconds, unit: 's' },
    {
      name: '… memory of it in the last tenth',
      value: late,
      unit: 'MB',
      baseline: `in the second: ${Math.round(early)}`,
      ratio: late / early,
      target: below(late / early, FLAT, ' ×'),
    },
  ];
}
