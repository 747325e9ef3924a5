import 'reflect-metadata';
import { loadConfig } from '@slipway/platform/config/config';
import { startWorker } from './start-worker';

async function main(): Promise<void> {
  const worker = await startWorker(loadConfig(process.env));
  const stop = () => void worker.close().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
