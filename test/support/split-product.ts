import { environmentOf, startApiProcess } from './api-process';
import type { RunningStorage } from './object-stores';
import { startProcess } from './processes';
import { createTestDatabase } from './test-database';

/** API and worker as processes of their own on a database of their own, as in production: each can die alone. */
export interface SplitProduct {
  url: string;
  killApi(): Promise<void>;
  /** In the place of the one that was killed; `change` is for this one only. */
  startApi(change?: NodeJS.ProcessEnv): Promise<void>;
  stop(): Promise<void>;
}

export async function startSplitProduct(
  storage: RunningStorage,
  env: NodeJS.ProcessEnv = {},
): Promise<SplitProduct> {
  const database = await createTestDatabase();
  const environment = { ...environmentOf(database.url, storage), LOG_LEVEL: 'warn', ...env };
  const worker = startProcess('apps/worker/src/main.js', { env: environment });
  let api = await startApiProcess(environment);
  return {
    url: api.url,
    killApi: () => api.process.kill(),
    async startApi(change = {}) {
      api = await startApiProcess({ ...environment, ...change }, api.port);
    },
    async stop() {
      await Promise.all([api.process.stop(), worker.stop()]);
      await database.drop();
    },
  };
}
