import 'reflect-metadata';
import { connect } from '@slipway/core/connect';
import { repairLedger } from '@slipway/core/quotas/repair-ledger';
import { reconcile } from '@slipway/core/reconcile/reconcile';
import type { Deps } from '@slipway/core/shared/deps';
import { systemPrincipal } from '@slipway/core/shared/principal';
import { loadConfig } from '@slipway/platform/config/config';
import { StorageError } from '@slipway/platform/object-store/storage-error';
import { explain } from './explain';
import { findRunningParts } from './find-running-parts';
import { countLeft, Examples, formatRun } from './format-run';
import { StartError } from './start-error';
import { onStopSignal } from './stop-signals';

const USAGE = `Usage: npm run reconcile                 what bucket and database disagree about; changes nothing
       npm run reconcile -- --repair     mends what can be mended`;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

function repairs(options: readonly string[]): boolean {
  const [option = '--dry-run'] = options;
  if (options.length > 1 || !['--dry-run', '--repair'].includes(option)) throw new StartError(USAGE);
  return option === '--repair';
}

/** Whether all agrees in the end. */
async function run(
  deps: Deps,
  { repair, signal }: { repair: boolean; signal: AbortSignal },
): Promise<boolean> {
  // The nightly run only tells of the ledger; whoever calls this has read what it told.
  const mended = repair ? await repairLedger(deps) : [];
  for (const { scope, id } of mended) say(`The ledger of ${scope} ${id} was counted anew.`);
  const examples = new Examples();
  const onFinding: typeof examples.add = (finding, outcome) => examples.add(finding, outcome);
  const found = await reconcile(systemPrincipal(), { dryRun: !repair, signal, onFinding }, deps);
  if (!found)
    throw new StartError('A worker compares bucket and database right now. Try again when it is done.');
  process.stdout.write(formatRun(found, examples));
  return countLeft(found) === 0;
}

async function main(): Promise<void> {
  const repair = repairs(process.argv.slice(2));
  const config = await findRunningParts(loadConfig(process.env));
  const stopping = new AbortController();
  onStopSignal(() => stopping.abort(new StartError('Stopped before the end.')));
  const connection = await connect(config, 'slipway-reconcile');
  try {
    if (!(await run(connection.deps, { repair, signal: stopping.signal }))) process.exitCode = 1;
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    throw new StartError(`The storage failed: ${error.message}`, { cause: error });
  } finally {
    await connection.close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error, null)}\n`);
  process.exitCode = 1;
});
