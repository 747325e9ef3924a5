import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { benchAccessTokens } from './access-token.bench';
import { benchApiCalls } from './api-calls.bench';
import { benchAudit } from './audit.bench';
import { benchBeforeAndAfter } from './before-after.bench';
import type { BenchRow } from './bench-row';
import { startBenchStage, type BenchStage } from './bench-stage';
import { formatTable } from './format-table';
import { benchLargeFile, benchLargeFileOnSlowLine } from './large-file.bench';
import { benchLargeUpload } from './large-upload.bench';
import { benchLongList } from './long-list.bench';
import { benchIdleMemory, benchLoadedMemory } from './memory.bench';
import { benchRateLimit } from './rate-limit.bench';
import { benchReconcile } from './reconcile.bench';
import { benchPasswords } from './password.bench';
import { benchSigning } from './signing.bench';
import { benchWorker } from './worker.bench';

/** In this order: the API is idle only until something is asked of it. */
const BENCHES: Record<string, (stage: BenchStage) => Promise<BenchRow[]>> = {
  'idle memory': benchIdleMemory,
  signatures: benchSigning,
  'access tokens': benchAccessTokens,
  'a password': benchPasswords,
  'calls of the API': benchApiCalls,
  'counting calls': benchRateLimit,
  'the audit': benchAudit,
  'a large upload': benchLargeUpload,
  'a large file in parts': benchLargeFile,
  'a large file in parts on a slow line': benchLargeFileOnSlowLine,
  'memory after load': benchLoadedMemory,
  'a long list': benchLongList,
  'the worker': benchWorker,
  'comparing bucket and database': benchReconcile,
  'before and after': benchBeforeAndAfter,
};

/** All, or those whose names contain what was given: `npm run bench -- parts`. */
const chosen = (): [string, (stage: BenchStage) => Promise<BenchRow[]>][] =>
  Object.entries(BENCHES).filter(([name]) => name.includes(process.argv[2] ?? ''));

const RESULTS = 'bench-results.json';

const tell = (line: string): void => void process.stderr.write(`${line}\n`);

function report(rows: BenchRow[]): void {
  const [processor] = cpus();
  const machine = `${cpus().length} × ${processor?.model ?? process.arch}, Node ${process.versions.node}`;
  const date = new Date().toISOString().slice(0, 10);
  writeFileSync(RESULTS, `${JSON.stringify({ date, machine, rows }, null, 2)}\n`);
  process.stdout.write(`${date}, ${machine}\n\n${formatTable(rows)}\n`);
}

async function main(): Promise<void> {
  if (process.platform !== 'linux')
    throw new Error('The bench reads CPU time and memory in /proc: it runs on Linux');
  const stage = await startBenchStage();
  process.once('SIGINT', () => void stage.stop().finally(() => process.exit(130)));
  const rows: BenchRow[] = [];
  try {
    for (const [name, bench] of chosen()) {
      const startedAt = performance.now();
      rows.push(...(await bench(stage)));
      tell(`${name}: ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
    }
  } catch (error) {
    tell(stage.storageOutput());
    throw error;
  } finally {
    await stage.stop();
  }
  report(rows);
}

main().catch((error: unknown) => {
  tell(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
});
