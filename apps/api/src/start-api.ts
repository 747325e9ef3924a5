import { join } from 'node:path';
import { openSigningKeys } from '@slipway/core/accounts/signing-keys/open-signing-keys';
import { connect, type Connection } from '@slipway/core/connect';
import type { Deps } from '@slipway/core/shared/deps';
import type { Config } from '@slipway/platform/config/config';
import { createLogger } from '@slipway/platform/log/logger';
import type { InsuredCounter } from '@slipway/platform/limits/insured-counter';
import { openCounter } from '@slipway/platform/limits/open-counter';
import { bucketAddress } from '@slipway/platform/object-store/bucket-address';
import { type AppOptions, createApp } from './create-app';

export interface RunningApi {
  url: string;
  close(): Promise<void>;
}

const APPLICATION_NAME = 'slipway-api';

/** dist/apps/api/src → dist/apps/dashboard */
const DASHBOARD = join(__dirname, '..', '..', 'dashboard');

const MINUTE_SECONDS = 60;
const DAY_SECONDS = 24 * 60 * MINUTE_SECONDS;

function optionsOf(config: Config): Omit<AppOptions, 'rateLimit' | 'signIn'> {
  const { storage, jwtSecret, http } = config;
  if (storage === null || jwtSecret === null) throw new Error('storage and JWT secret must be configured');
  return {
    logger: createLogger({ level: config.logLevel, name: 'api' }),
    publicUrl: http.publicUrl,
    jwtSecret,
    corsOrigins: http.corsOrigins,
    trustedProxies: http.trustedProxies,
    storageOrigin: bucketAddress({ ...storage, endpoint: storage.publicEndpoint }).origin,
    storageEvents: { secret: config.storageEventsSecret, bucket: storage.bucket },
    metricsToken: config.metricsToken,
    oidc: config.oidc,
    dashboard: DASHBOARD,
  };
}

/** Connects, listens, and answers `/api/health/ready`. Throws what stands in the way, and leaves nothing open then. */
export async function startApi(config: Config): Promise<RunningApi> {
  const options = optionsOf(config);
  const connection = await connect(config, APPLICATION_NAME);
  const counter = openRateCounter(config, options.logger);
  const close = async (): Promise<void> => {
    await counter.close();
    await connection.close();
  };
  try {
    const rateLimit = { perMinute: config.rateLimitPerMinute, counter };
    const signIn = await signInBy(config, connection.deps);
    return await listen({ ...connection, close }, config, { ...options, rateLimit, signIn });
  } catch (error) {
    await close();
    throw error;
  }
}

/** Makes the first key where there is none: a server that cannot sign lets nobody in. */
async function signInBy(config: Config, deps: Deps): Promise<AppOptions['signIn']> {
  const keys = openSigningKeys(config, deps);
  await keys.current();
  const { accessTokenMinutes, sessionDays } = config.accounts;
  return {
    keys,
    lifeSeconds: Math.round(accessTokenMinutes * MINUTE_SECONDS),
    sessionSeconds: Math.round(sessionDays * DAY_SECONDS),
  };
}

function openRateCounter({ database, redisUrl }: Config, logger: AppOptions['logger']): InsuredCounter {
  if (database.url === null) throw new Error('the database must be configured');
  return openCounter({
    databaseUrl: database.url,
    redisUrl,
    applicationName: `${APPLICATION_NAME}-limits`,
    onAway: (err) =>
      logger.warn({ err }, 'Calls are counted in this process alone: the store does not answer'),
  });
}

async function listen(connection: Connection, { http }: Config, options: AppOptions): Promise<RunningApi> {
  const app = await createApp(connection.deps, options);
  await app.listen(http.port, http.host);
  const stopAsking = askStorage(connection.deps, options.logger);
  return {
    url: http.publicUrl,
    async close() {
      stopAsking();
      await app.close();
      await connection.close();
    },
  };
}

/**
 * Ahead of the first large upload, which would wait for the answer; where there is none, that upload asks again. What it
 * gives is called before the connections close, which ends the asking as well.
 */
function askStorage({ storageProfile }: Deps, logger: AppOptions['logger']): () => void {
  let isClosing = false;
  storageProfile().catch((error: unknown) => {
    if (!isClosing) logger.warn({ err: error }, 'The storage did not say what it enforces');
  });
  return () => void (isClosing = true);
}
