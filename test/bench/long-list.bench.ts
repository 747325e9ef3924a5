import { Client } from 'pg';
import { BenchClient } from './bench-client';
import type { BenchRow } from './bench-row';
import type { BenchStage } from './bench-stage';
import { threadSeconds } from './process-usage';
import { inParallel, measureInTurns, type Work } from './rounds';
import { seedAssets } from './seed-assets';

const SHORT = 101;
const LONG = 200_000;
const ROUNDS = 3;
const PAGES = 60;

/** The processes of PostgreSQL that serve the API. */
async function backends(databaseUrl: string): Promise<number[]> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const sql = `select pid from pg_stat_activity where application_name = 'slipway-api'`;
    const { rows } = await client.query<{ pid: number }>(sql);
    return rows.map(({ pid }) => pid);
  } finally {
    await client.end();
  }
}

async function pagesOf(stage: BenchStage, client: BenchClient, count: number): Promise<Work> {
  const viewer = await client.withNewProject();
  await seedAssets(stage.databaseUrl, { projectId: viewer.projectId, count });
  return { name: `a page of ${count}`, calls: PAGES, call: () => viewer.firstPage() };
}

/** Whether the first page of a long list costs PostgreSQL more than that of a short one. */
export async function benchLongList(stage: BenchStage): Promise<BenchRow[]> {
  const client = await BenchClient.join(stage.apiUrl);
  const short = await pagesOf(stage, client, SHORT);
  const long = await pagesOf(stage, client, LONG);
  await inParallel(PAGES, long.call);
  const pids = await backends(stage.databaseUrl);
  const cpu = () => pids.reduce((sum, pid) => sum + threadSeconds(pid), 0);
  const [few, many] = await measureInTurns([short, long], cpu, ROUNDS);
  client.close();
  if (!few || !many) return [];
  return [
    {
      name: `a page of 100 of ${LONG} assets`,
      value: many.cpuMs,
      unit: "ms of PostgreSQL's CPU",
      baseline: `of ${SHORT}: ${few.cpuMs.toFixed(2)}`,
      ratio: many.cpuMs / few.cpuMs,
    },
  ];
}
