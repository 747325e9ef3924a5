import 'reflect-metadata';
import { loadConfig } from '@slipway/platform/config/config';
import { startApi } from './start-api';

async function main(): Promise<void> {
  const api = await startApi(loadConfig(process.env));
  const stop = () => void api.close().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
