import { loadConfig } from '@slipway/platform/config/config';
import { prepareDatabase } from '@slipway/platform/db/app-role';
import { explain } from './explain';
import { setupStorage } from './setup-storage';

/** `npm run setup`: the tables of a configured database, then what `npm run storage -- setup` does. */
async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const { url, ownerUrl } = config.database;
  if (url !== null) await prepareDatabase({ url, ownerUrl });
  if (await setupStorage(config)) process.stdout.write('Ready\n');
  else process.exitCode = 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error, null)}\n`);
  process.exitCode = 1;
});
