import { loadConfig } from '@slipway/platform/config/config';
import { prepareDatabase } from '@slipway/platform/db/app-role';
import { explain } from './explain';

/** Brings the database of `DATABASE_URL` up to date: `npm run migrate`, before new versions of API and worker start. */
async function main(): Promise<void> {
  const { database } = loadConfig(process.env);
  const { url, ownerUrl } = database;
  if (url === null) {
    process.stdout.write('DATABASE_URL is unset; npm start migrates the embedded database by itself.\n');
    return;
  }
  const applied = await prepareDatabase({ url, ownerUrl });
  process.stdout.write(applied.length > 0 ? `Applied ${applied.join(', ')}\n` : 'Nothing to do\n');
}

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error, null)}\n`);
  process.exitCode = 1;
});
