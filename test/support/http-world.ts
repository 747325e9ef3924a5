import { secretKeys } from '@slipway/core/accounts/signing-keys/secret-keys';
import type { SigningKeys } from '@slipway/core/accounts/signing-keys/signing-keys';
import { createApp } from '@slipway/api/create-app';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DestinationStream } from 'pino';
import { insuredCounter, type InsuredCounter } from '@slipway/platform/limits/insured-counter';
import { memoryCounter } from '@slipway/platform/limits/memory-counter';
import { createLogger } from '@slipway/platform/log/logger';
import type { ServerLimits } from '@slipway/api/http/limits/server-limits';
import type { Principal } from '@slipway/core/shared/principal';
import type { OidcConfig } from '@slipway/platform/config/oidc-config';
import { type CoreWorld, PASSWORD_OF_TESTS } from './core-world';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';

export interface Answer {
  status: number;
  headers: Record<string, unknown>;
  // What a test reads of an answer is what it asserts.
  body: Record<string, unknown>;
  text: string;
}

export interface HttpWorld {
  app: NestFastifyApplication;
  /** Every route that answers, whoever registered it. */
  routes: { method: string; url: string }[];
  call(method: Method, path: string, options?: CallOptions): Promise<Answer>;
  /** A new account; gives its access token. */
  signUp(): Promise<string>;
  /** An access token of somebody whom `newUser` made. */
  signInAs(principal: Principal): Promise<string>;
  close(): Promise<void>;
}

export interface CallOptions {
  token?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface HttpWorldOptions {
  storageEventsSecret?: string;
  metricsToken?: string;
  oidc?: OidcConfig;
  rateLimitPerMinute?: number;
  /** In this process alone when left out. */
  rateCounter?: InsuredCounter;
  publicUrl?: string;
  /** The secret of the tests signs when left out. */
  signingKeys?: SigningKeys;
  /** A folder with a page; none is served without. */
  dashboard?: string;
  limits?: Partial<ServerLimits>;
  trustedProxies?: string[];
  /** Takes what the API logs, of every level; nothing is logged without. */
  log?: DestinationStream;
}

export const JWT_SECRET_OF_TESTS = 'a secret for tests of more than 32 bytes';

/** Longer than in production: tests move the clock by days. */
export const TOKEN_SECONDS_OF_TESTS = 7 * 24 * 3_600;

let users = 0;

/** The API as it answers, without a port. */
export async function createHttpWorld(core: CoreWorld, options: HttpWorldOptions = {}): Promise<HttpWorld> {
  const app = await createApp(core.deps, {
    logger: createLogger({ level: options.log ? 'trace' : 'silent', name: 'api', stream: options.log }),
    jwtSecret: JWT_SECRET_OF_TESTS,
    signIn: {
      keys: options.signingKeys ?? secretKeys(JWT_SECRET_OF_TESTS, null),
      lifeSeconds: TOKEN_SECONDS_OF_TESTS,
      sessionSeconds: core.deps.settings.accounts.sessionMs / 1000,
    },
    corsOrigins: ['https://app.example.com'],
    trustedProxies: options.trustedProxies ?? [],
    rateLimit: {
      perMinute: options.rateLimitPerMinute ?? 100_000,
      counter: options.rateCounter ?? insuredCounter(memoryCounter(), () => undefined),
    },
    publicUrl: options.publicUrl ?? core.deps.settings.publicUrl,
    limits: options.limits,
    storageOrigin: 'http://storage.example.com',
    metricsToken: options.metricsToken ?? null,
    oidc: options.oidc ?? null,
    storageEvents: { secret: options.storageEventsSecret ?? null, bucket: 'slipway-contract' },
    dashboard: options.dashboard ?? '',
  });
  const routes: HttpWorld['routes'] = [];
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRoute', ({ method, url }) => {
      for (const one of [method].flat()) routes.push({ method: one, url });
    });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const call: HttpWorld['call'] = async (method, path, { token, body, headers } = {}) => {
    const response = await app.inject({
      method,
      url: path,
      headers: { ...headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      ...(body !== undefined && { payload: body as object }),
    });
    const json = /\bjson\b/.test(String(response.headers['content-type']));
    return {
      status: response.statusCode,
      headers: response.headers,
      body: json ? response.json<Record<string, unknown>>() : {},
      text: response.body,
    };
  };
  return {
    app,
    routes,
    call,
    async signUp() {
      users += 1;
      const body = { email: `user${users}@example.com`, password: 'correct horse', name: 'A. User' };
      const answer = await call('POST', '/api/auth/signup', { body });
      return String(answer.body['access_token']);
    },
    async signInAs({ account }) {
      const body = { email: account?.email, password: PASSWORD_OF_TESTS };
      return String((await call('POST', '/api/auth/login', { body })).body['access_token']);
    },
    close: () => app.close(),
  };
}
