import { freePort } from '@slipway/platform/db/embedded/free-port';
import { environmentOf } from '../support/api-process';
import { startProcess, type TestProcess } from '../support/processes';
import { BenchClient } from './bench-client';
import { atLeast, type BenchRow } from './bench-row';
import type { BenchStage } from './bench-stage';
import { cpuSeconds } from './process-usage';
import { type Figure, measureInTurns, type Work } from './rounds';
import { seedAssets } from './seed-assets';

const ROUNDS = 15;
const CALLS = 800;
const ASSETS = 100;
/** Of the throughput without: auditing may cost less than a tenth. */
const KEPT = 0.9;

const MAINS = { on: 'apps/api/src/main.js', off: 'test/bench/audit/api-without-audit.js' };

interface Side {
  process: TestProcess;
  url: string;
}

async function startSide(stage: BenchStage, main: string): Promise<Side> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const environment = environmentOf(stage.databaseUrl, stage.storage);
  const process = startProcess(main, {
    env: { ...environment, NODE_ENV: 'production', PORT: String(port) },
  });
  await process.untilReady(url);
  return { process, url };
}

async function accessUrlsOf({ url }: Side, stage: BenchStage, name: string): Promise<Work> {
  const client = await BenchClient.join(url);
  await seedAssets(stage.databaseUrl, { projectId: client.projectId, count: ASSETS });
  const ids = (await client.firstPage()).data.map(({ id }) => id);
  return { name, calls: CALLS, call: (index) => client.accessUrl(ids[index % ids.length] as string) };
}

const against = (figure: number, floor: number): Pick<BenchRow, 'value' | 'baseline' | 'ratio'> => ({
  value: figure,
  baseline: `off: ${Math.round(floor)}`,
  ratio: figure / floor,
});

const perCpuSecond = ({ cpuMs }: Figure): number => 1000 / cpuMs;

/** What it costs to have each URL on record before it is given out: two APIs in turns, of which one records nothing. */
export async function benchAudit(stage: BenchStage): Promise<BenchRow[]> {
  const sides = { on: await startSide(stage, MAINS.on), off: await startSide(stage, MAINS.off) };
  try {
    const works = [
      await accessUrlsOf(sides.on, stage, 'audit on'),
      await accessUrlsOf(sides.off, stage, 'audit off'),
    ];
    // Whoever is not asked takes next to nothing.
    const cpu = (): number => cpuSeconds(sides.on.process.pid) + cpuSeconds(sides.off.process.pid);
    const [on, off] = (await measureInTurns(works, cpu, ROUNDS)) as [Figure, Figure];
    const kept = perCpuSecond(on) / perCpuSecond(off);
    return [
      {
        name: 'access-url calls with the audit on, by the clock',
        unit: 'per second',
        ...against(on.perSecond, off.perSecond),
      },
      {
        name: 'access-url calls with the audit on',
        unit: 'per CPU second',
        ...against(perCpuSecond(on), perCpuSecond(off)),
        target: atLeast(kept, KEPT, ' ×'),
      },
    ];
  } finally {
    await sides.on.process.stop();
    await sides.off.process.stop();
  }
}
