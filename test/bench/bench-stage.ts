import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@slipway/platform/db/embedded-postgres';
import { migrate } from '@slipway/platform/db/migrate';
import { createS3Client } from '@slipway/platform/object-store/s3-client';
import { RULE_STEPS, setupBucket } from '@slipway/platform/object-store/setup-bucket';
import { environmentOf, startApiProcess } from '../support/api-process';
import type { RunningStorage } from '../support/object-stores';
import { startProcess, type TestProcess } from '../support/processes';
import { serveBenchPage } from './large-file/chromium-sender';
import { makeTestFolder } from '../support/test-folder';

export interface BenchStage {
  databaseUrl: string;
  storage: RunningStorage;
  storagePid: number;
  apiUrl: string;
  apiPid: number;
  /** Of a page with the SDK in it, which may call the API. */
  pageUrl: string;
  startWorker(): TestProcess;
  /** What the storage had to say, such as the reason of a failure that it answers only with a status. */
  storageOutput(): string;
  stop(): Promise<void>;
}

/** What is between client and storage; as fast as the machine when left out. */
export interface SlowLine {
  bytesPerSecond?: number;
}

const BUCKET = 'slipway';
const REGION = 'us-east-1';

/** The image's `NODE_ENV` and `NODE_OPTIONS`: how API and worker are started in production. */
function productionEnvironment(): NodeJS.ProcessEnv {
  const settings = readFileSync('Dockerfile', 'utf8').matchAll(/\b(NODE_[A-Z]+)=("[^"]*"|\S+)/g);
  return Object.fromEntries([...settings].map(([, name, value]) => [name, value?.replaceAll('"', '')]));
}

/** The embedded storage as a process of its own, so that its CPU time is its own as well. */
async function startStorage(
  dataDir: string,
  line: SlowLine,
): Promise<{ storage: RunningStorage; process: TestProcess }> {
  const credentials = { accessKeyId: 'bench-key', secretAccessKey: 'Zk3vR9xLq7WmTc2NpJ5h' };
  const process = startProcess('libs/object-server/src/cli.js', {
    env: {
      OBJECT_SERVER_DIR: dataDir,
      OBJECT_SERVER_ACCESS_KEY_ID: credentials.accessKeyId,
      OBJECT_SERVER_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      OBJECT_SERVER_REGION: REGION,
      OBJECT_SERVER_BODY_BYTES_PER_SECOND: String(line.bytesPerSecond ?? 0),
    },
  });
  const [, endpoint = ''] = await process.untilOutput(/"url":"([^"]+)"/);
  const stop = async (): Promise<void> => void (await process.stop());
  const place = { endpoint, region: REGION, bucket: BUCKET, forcePathStyle: true, credentials };
  const storage: RunningStorage = { ...place, partChecksum: 'sha256', stop };
  const client = createS3Client(storage);
  const needs = { ...storage, corsOrigins: ['*'] };
  await setupBucket(client, needs, RULE_STEPS).finally(() => client.destroy());
  return { storage, process };
}

/** Every part as it runs in production: PostgreSQL that keeps what it commits, storage and API as processes. */
export async function startBenchStage(line: SlowLine = {}): Promise<BenchStage> {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    const folder = await makeTestFolder('bench');
    stops.push(() => folder.remove());
    const options = { dataDir: join(folder.path, 'database'), port: 0, durable: true };
    const database = await startEmbeddedPostgres(options);
    stops.push(() => database.stop());
    await migrate(database.url);
    const { storage, process } = await startStorage(join(folder.path, 'objects'), line);
    stops.push(() => storage.stop());
    const { origin, server } = await serveBenchPage();
    stops.push(async () => void server.close());
    const shared = environmentOf(database.url, storage);
    const environment = { ...shared, ...productionEnvironment(), CORS_ORIGINS: origin };
    const api = await startApiProcess(environment);
    stops.push(() => api.process.stop());
    return {
      databaseUrl: database.url,
      storage,
      storagePid: process.pid,
      apiUrl: api.url,
      apiPid: api.process.pid,
      pageUrl: origin,
      startWorker() {
        const worker = startProcess('apps/worker/src/main.js', { env: environment });
        stops.push(() => worker.stop());
        return worker;
      },
      storageOutput: () => process.output,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
