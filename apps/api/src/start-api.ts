import { join } from 'node:path';
import { connect } from '@slipway/core/connect';
import type { Config } from '@slipway/platform/config/config';
import { createLogger } from '@slipway/platform/log/logger';
import { bucketAddress } from '@slipway/platform/object-store/bucket-address';
import { createApp } from './create-app';

export interface RunningApi {
  url: string;
  close(): Promise<void>;
}

/** dist/apps/api/src → dist/apps/dashboard */
const DASHBOARD = join(__dirname, '..', '..', 'dashboard');

/** Connects, listens, and answers `/api/health/ready`. Throws what stands in the way. */
export async function startApi(config: Config): Promise<RunningApi> {
  const { storage, jwtSecret } = config;
  if (storage === null || jwtSecret === null) throw new Error('storage and JWT secret must be configured');
  const connection = await connect(config, 'slipway-api');
  const app = await createApp(connection.deps, {
    logger: createLogger({ level: config.logLevel, name: 'api' }),
    jwtSecret,
    corsOrigins: config.http.corsOrigins,
    rateLimitPerMinute: config.rateLimitPerMinute,
    storageOrigin: bucketAddress({ ...storage, endpoint: storage.publicEndpoint }).origin,
    dashboard: DASHBOARD,
  });
  try {
    await app.listen(config.http.port, config.http.host);
  } catch (error) {
    await connection.close();
    throw error;
  }
  return {
    url: config.http.publicUrl,
    async close() {
      await app.close();
      await connection.close();
    },
  };
}
