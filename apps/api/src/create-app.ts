import { createSecretKey, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import cors from '@fastify/cors';
import type { Deps } from '@slipway/core/shared/deps';
import { type FastifyBaseLogger, LogController } from 'fastify';
import { ownTokenReader } from './accounts/own-token';
import { ApiModule } from './api.module';
import { serveDashboard } from './dashboard/serve-dashboard';
import { authenticateRequests } from './http/authenticate';
import { AccessTokens } from './http/access-tokens';
import { REPLAYED_HEADER } from './http/idempotency.interceptor';
import { logRequests } from './http/log-requests';
import { OpenApiController } from './http/openapi';
import { limitRate } from './http/rate-limit';
import { setSecurityHeaders } from './http/security-headers';
import type { StorageEventsOptions } from './storage-events/from-storage.guard';

export interface AppOptions {
  logger: FastifyBaseLogger;
  jwtSecret: string;
  corsOrigins: string[];
  /** Addresses and ranges whose `X-Forwarded-For` is believed. */
  trustedProxies: string[];
  rateLimitPerMinute: number;
  /** Where browsers reach the storage: scheme, host and port. */
  storageOrigin: string;
  storageEvents: StorageEventsOptions;
  metricsToken: string | null;
  /** Folder of the built dashboard. */
  dashboard: string;
}

const BODY_LIMIT_BYTES = 256 * 1024;
const REQUEST_ID = /^[\w.:-]{8,64}$/;

function requestIdOf(header: string | string[] | undefined): string {
  return typeof header === 'string' && REQUEST_ID.test(header) ? header : randomUUID();
}

/** Orchestrators ask for `/health/…`; everything else of ours is under `/api`. */
const withApiPrefix = (url: string): string => (url.startsWith('/health/') ? `/api${url}` : url);

/** The HTTP application, not listening yet. Bodies are small: files never come this way. */
export async function createApp(deps: Deps, options: AppOptions): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true }),
    rewriteUrl: (request: IncomingMessage) => withApiPrefix(request.url ?? '/'),
    bodyLimit: BODY_LIMIT_BYTES,
    trustProxy: options.trustedProxies,
    genReqId: (request: IncomingMessage) => requestIdOf(request.headers['x-request-id']),
    forceCloseConnections: 'idle',
  });
  const accessTokens = new AccessTokens(options.jwtSecret);
  const secret = createSecretKey(options.jwtSecret, 'utf8');
  const { storageEvents, metricsToken } = options;
  const module = ApiModule.with({ deps, accessTokens, secret, storageEvents, metricsToken });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: ['error', 'warn', 'fatal'],
    abortOnError: false,
  });
  const fastify = adapter.getInstance();
  fastify.addHook('onRequest', async (request, reply) => void reply.header('x-request-id', request.id));
  authenticateRequests(fastify, [ownTokenReader(accessTokens, deps)]);
  logRequests(fastify);
  await fastify.register(cors, {
    origin: options.corsOrigins,
    // The default leaves out DELETE, and with it cancelling an upload from another origin.
    methods: ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'],
    exposedHeaders: ['x-request-id', 'retry-after', 'date', REPLAYED_HEADER],
    maxAge: 3600,
  });
  await setSecurityHeaders(fastify, options.storageOrigin);
  await limitRate(fastify, options.rateLimitPerMinute);
  await serveDashboard(fastify, options.dashboard);
  app.get(OpenApiController).connect(app);
  return app;
}
