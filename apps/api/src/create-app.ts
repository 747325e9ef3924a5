import { createSecretKey, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import cors from '@fastify/cors';
import type { OidcConfig } from '@slipway/platform/config/oidc-config';
import type { Deps } from '@slipway/core/shared/deps';
import { type FastifyBaseLogger, LogController } from 'fastify';
import { ownTokenReader } from './accounts/own-token';
import { SessionDoor, type SessionDoorOptions } from './accounts/session-door';
import { apiKeyReader } from './api-keys/api-key-reader';
import { ApiModule } from './api.module';
import { serveDashboard } from './dashboard/serve-dashboard';
import { authenticateRequests } from './http/authenticate';
import { REPLAYED_HEADER } from './http/idempotency.interceptor';
import { logRequests } from './http/log-requests';
import { OpenApiController } from './http/openapi';
import { takeJsonOnly } from './http/limits/json-bodies';
import { fastifyOptions, limitRequests, SERVER_LIMITS, type ServerLimits } from './http/limits/server-limits';
import { limitRate, RATE_HEADERS, type RateLimit } from './http/rate-limit';
import { setSecurityHeaders } from './http/security-headers';
import { outsideTokenReader } from './identities/outside-token-reader';
import { OutsideTokens } from './identities/outside-tokens';
import type { StorageEventsOptions } from './storage-events/from-storage.guard';

export interface AppOptions {
  logger: FastifyBaseLogger;
  jwtSecret: string;
  signIn: Pick<SessionDoorOptions, 'keys' | 'lifeSeconds' | 'sessionSeconds'>;
  corsOrigins: string[];
  /** Addresses and ranges whose `X-Forwarded-For` is believed. */
  trustedProxies: string[];
  rateLimit: RateLimit;
  /** Where people reach this server. */
  publicUrl: string;
  /** Where browsers reach the storage: scheme, host and port. */
  storageOrigin: string;
  storageEvents: StorageEventsOptions;
  metricsToken: string | null;
  /** Whose tokens open the API beside this server's own; null: nobody's. */
  oidc: OidcConfig | null;
  /** Folder of the built dashboard. */
  dashboard: string;
  /** In place of those of production. */
  limits?: Partial<ServerLimits>;
}

const REQUEST_ID = /^[\w.:-]{8,64}$/;

function requestIdOf(header: string | string[] | undefined): string {
  return typeof header === 'string' && REQUEST_ID.test(header) ? header : randomUUID();
}

/** Orchestrators ask for `/health/…`; everything else of ours is under `/api`. */
const withApiPrefix = (url: string): string => (url.startsWith('/health/') ? `/api${url}` : url);

/** The HTTP application, not listening yet. */
export async function createApp(deps: Deps, options: AppOptions): Promise<NestFastifyApplication> {
  const limits = { ...SERVER_LIMITS, ...options.limits };
  const adapter = new FastifyAdapter({
    ...fastifyOptions(limits),
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true }),
    rewriteUrl: (request: IncomingMessage) => withApiPrefix(request.url ?? '/'),
    trustProxy: options.trustedProxies,
    genReqId: (request: IncomingMessage) => requestIdOf(request.headers['x-request-id']),
    forceCloseConnections: 'idle',
  });
  const { publicUrl, corsOrigins, signIn } = options;
  const door = new SessionDoor({ publicUrl, corsOrigins, clock: deps.clock, ...signIn });
  const secret = createSecretKey(options.jwtSecret, 'utf8');
  const { storageEvents, metricsToken, oidc } = options;
  const module = ApiModule.with({ deps, door, secret, storageEvents, metricsToken });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: ['error', 'warn', 'fatal'],
    abortOnError: false,
    bodyParser: false,
  });
  const fastify = adapter.getInstance();
  fastify.addHook('onRequest', async (request, reply) => void reply.header('x-request-id', request.id));
  logRequests(fastify);
  await fastify.register(cors, {
    origin: options.corsOrigins,
    // Only what is listed gets an answer a page may read, so only that may send the refresh cookie.
    credentials: true,
    // The default leaves out DELETE, and with it cancelling an upload from another origin.
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: ['x-request-id', 'retry-after', 'date', REPLAYED_HEADER, ...RATE_HEADERS],
    maxAge: 3600,
  });
  await setSecurityHeaders(fastify, options);
  takeJsonOnly(fastify);
  limitRequests(fastify, limits);
  fastify.decorateRequest('sessionId', null);
  // Behind the headers, so that a call that fails here has them too.
  authenticateRequests(fastify, [
    apiKeyReader(deps),
    ...(oidc === null ? [] : [outsideTokenReader(new OutsideTokens(oidc, deps.clock), deps)]),
    ownTokenReader(door.accessTokens, deps),
  ]);
  limitRate(fastify, options.rateLimit);
  await serveDashboard(fastify, options.dashboard);
  app.get(OpenApiController).connect(app);
  return app;
}
