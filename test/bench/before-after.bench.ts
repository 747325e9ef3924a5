import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { Client } from 'pg';
import { freePort } from '@slipway/platform/db/embedded/free-port';
import { environmentOf } from '../support/api-process';
import { startProgram } from '../support/processes';
import { pngFile } from '../support/test-files';
import { BenchClient, hashed, type HashedFile } from './bench-client';
import { atLeast, type BenchRow } from './bench-row';
import type { BenchStage } from './bench-stage';
import { cpuSeconds } from './process-usage';
import { type Figure, inParallel, measureInTurns, type Work } from './rounds';

const ROUNDS = 7;
const PAGE_SIZE = 100;
/** What the calls of every day must keep of the throughput they had. */
const KEPT = 0.8;

interface Side {
  pid: number;
  works: Work[];
  stop(): Promise<unknown>;
}

async function newDatabase(stage: BenchStage, name: string): Promise<string> {
  const client = new Client({ connectionString: stage.databaseUrl });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  return Object.assign(new URL(stage.databaseUrl), { pathname: `/${name}` }).toString();
}

async function worksOf(url: string, file: HashedFile): Promise<Work[]> {
  const client = await BenchClient.join(url);
  const ids: string[] = [];
  await inParallel(PAGE_SIZE + 1, async () => void ids.push(await client.upload(file)));
  return [
    { name: 'upload-url', calls: 250, call: () => client.begin(file) },
    { name: 'access-url', calls: 400, call: (index) => client.accessUrl(ids[index % ids.length] as string) },
    { name: 'a page of 100 assets', calls: 60, call: () => client.firstPage() },
  ];
}

/** One version of the product on a database of its own, both on the same storage. */
async function startSide(stage: BenchStage, name: string, dist: string): Promise<Side> {
  const environment = {
    ...environmentOf(await newDatabase(stage, name), stage.storage),
    NODE_ENV: 'production',
    UPLOAD_RATE_LIMIT_PER_MINUTE: '1000000',
  };
  execFileSync(process.execPath, [join(dist, 'apps/standalone/src/migrate.js')], {
    env: { ...process.env, ...environment },
  });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const main = join(dist, 'apps/api/src/main.js');
  const api = startProgram(process.execPath, [main], { env: { ...environment, PORT: String(port) } });
  await api.untilReady(url);
  const file = hashed(await pngFile());
  return { pid: api.pid, works: await worksOf(url, file), stop: () => api.stop() };
}

const rowOf = (name: string, before: Figure, after: Figure): BenchRow => ({
  name: `${name}: CPU of the API for a call, against ${process.env['BENCH_BEFORE_NAME'] ?? 'before'}`,
  value: after.cpuMs,
  unit: 'ms of CPU',
  baseline: before.cpuMs.toFixed(2),
  ratio: before.cpuMs / after.cpuMs,
  target: atLeast(before.cpuMs / after.cpuMs, KEPT, ' ×'),
});

/**
 * Two versions of the product in turns: this one, and the one built in the folder of `BENCH_BEFORE`, which
 * `npm run bench:before -- <commit>` prepares. Nothing to measure without one. The ratio is of throughputs.
 */
export async function benchBeforeAndAfter(stage: BenchStage): Promise<BenchRow[]> {
  const folder = process.env['BENCH_BEFORE'];
  if (folder === undefined) return [];
  const before = await startSide(stage, 'before', join(folder, 'dist'));
  const after = await startSide(stage, 'after', join(__dirname, '../..'));
  try {
    const rows: BenchRow[] = [];
    for (const [index, work] of before.works.entries()) {
      const figures: Record<'before' | 'after', Figure[]> = { before: [], after: [] };
      for (let turn = 0; turn < ROUNDS; turn += 1) {
        figures.before.push(...(await measureInTurns([work], () => cpuSeconds(before.pid), 1)));
        figures.after.push(
          ...(await measureInTurns([after.works[index] as Work], () => cpuSeconds(after.pid), 1)),
        );
      }
      rows.push(rowOf(work.name, middle(figures.before), middle(figures.after)));
    }
    return rows;
  } finally {
    await before.stop();
    await after.stop();
  }
}

const middle = (figures: Figure[]): Figure =>
  figures.toSorted((one, other) => one.cpuMs - other.cpuMs)[Math.floor(figures.length / 2)] as Figure;
