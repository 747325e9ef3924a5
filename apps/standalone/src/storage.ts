import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig, type Config } from '@slipway/platform/config/config';
import { isSafe, type Finding } from '@slipway/platform/object-store/storage-check/ask-probes';
import { checkStorage } from '@slipway/platform/object-store/storage-check/check-storage';
import { formatFindings } from '@slipway/platform/object-store/storage-check/format-findings';
import { startEmbeddedStorage } from './embedded-storage';
import { explain } from './explain';
import { keepProfile } from './keep-profile';
import { explained } from './require-storage';
import { setupStorage } from './setup-storage';
import { StartError } from './start-error';

const USAGE = `Usage: npm run storage -- check [--json]   what the configured bucket enforces
       npm run storage -- setup            CORS, lifecycle rules and the block on public access`;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

const originOf = ({ http }: Config): string => new URL(http.publicUrl).origin;

/** In a folder of its own: the one of the data may be in use by a running Slipway. */
async function checkEmbedded(config: Config): Promise<Finding[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'slipway-check-'));
  const keys = {
    credentials: { accessKeyId: 'storage-check', secretAccessKey: 'lives as long as this check' },
    uploadCredentials: { accessKeyId: 'storage-check-upload', secretAccessKey: 'and so does this one' },
  };
  try {
    const options = { dataDir, port: 0, ...keys, corsOrigins: [originOf(config)] };
    const embedded = await startEmbeddedStorage(options);
    try {
      return await checkStorage({ storage: embedded.config, ...keys, origin: originOf(config) });
    } finally {
      await embedded.close();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function check(config: Config, json: boolean): Promise<boolean> {
  const { storage, credentials, uploadCredentials } = config;
  const place = storage ? `bucket "${storage.bucket}" at ${storage.endpoint}` : 'the embedded storage';
  const findings = storage
    ? await explained(
        storage,
        checkStorage({ storage, credentials, uploadCredentials, origin: originOf(config) }),
      )
    : await checkEmbedded(config);
  const safe = isSafe(findings);
  const kept = await keepProfile(config, findings);
  if (json) say(JSON.stringify({ place, safe, findings, ...kept }, null, 2));
  else say(`What ${place} does:\n\n${formatFindings(findings)}${kept.note}`);
  return safe;
}

/** Whether all is well. */
async function run([verb, ...options]: string[]): Promise<boolean> {
  const json = options.length === 1 && options[0] === '--json';
  if (verb === 'check' && (json || options.length === 0)) return check(loadConfig(process.env), json);
  if (verb === 'setup' && options.length === 0) return setupStorage(loadConfig(process.env));
  throw new StartError(USAGE);
}

async function main(): Promise<void> {
  if (!(await run(process.argv.slice(2)))) process.exitCode = 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error, null)}\n`);
  process.exitCode = 1;
});
