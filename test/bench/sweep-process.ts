import 'reflect-metadata';
import { entities } from '@slipway/core/entities';
import { reconcile } from '@slipway/core/reconcile/reconcile';
import type { Counts } from '@slipway/core/reconcile/reconcile-run.entity';
import { systemClock } from '@slipway/core/shared/clock';
import { systemPrincipal } from '@slipway/core/shared/principal';
import { openDatabase } from '@slipway/platform/db/database';
import { listedBucket, type SeededProject } from './listed-bucket';
import { residentMegabytes } from './process-usage';

/** What one sweep took, as the process prints it. */
export interface SweepFigures {
  found: Counts;
  objects: number;
  seconds: number;
  /** Of this process: unlike the time of the clock it says nothing of what else the machine was doing. */
  cpuSeconds: number;
  /** Memory in RAM, in MB, at each page of the listing. */
  megabytes: number[];
}

const SETTINGS = {
  publicUrl: 'http://localhost',
  uploadLifeMs: 900_000,
  uploadGraceMs: 900_000,
  multipartIdleMs: 86_400_000,
  singlePutLimit: 16_777_216,
  accessUrlLife: 3_600,
  requireVerifiedEmail: false,
  accounts: { sessionMs: 1, passwords: { memoryKib: 1_024, passes: 1 } },
  thumbnail: { width: 400, height: 300 },
  audit: { anchorLockDays: null, windowMs: 600_000, manyDenials: 50, massAccess: 500 },
  imports: { hosts: [], allowHttp: false, maxBytes: 1, totalMs: 1, idleMs: 1 },
};

/** In a process of its own, so that its memory is its own. */
async function main(databaseUrl: string, projects: SeededProject[]): Promise<SweepFigures> {
  const db = await openDatabase({ url: databaseUrl, entities, applicationName: 'slipway-reconcile' });
  const megabytes: number[] = [];
  const objects = listedBucket(projects, () => void megabytes.push(residentMegabytes(process.pid)));
  try {
    const startedAt = performance.now();
    const deps = { db, objects, clock: systemClock, settings: SETTINGS };
    const run = await reconcile(systemPrincipal(), { dryRun: true }, deps);
    if (!run) throw new Error('Another sweep is under way');
    const seconds = (performance.now() - startedAt) / 1000;
    const { user, system } = process.cpuUsage();
    return { found: run.found, objects: run.objects, seconds, cpuSeconds: (user + system) / 1e6, megabytes };
  } finally {
    await db.destroy();
  }
}

const [, , databaseUrl = '', projects = '[]'] = process.argv;

main(databaseUrl, JSON.parse(projects) as SeededProject[]).then(
  (figures) => process.stdout.write(`${JSON.stringify(figures)}\n`),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : 'It was stopped'}\n`);
    process.exitCode = 1;
  },
);
