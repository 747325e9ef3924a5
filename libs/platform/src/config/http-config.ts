import type { Environment } from './environment';
import { addressRanges, origins, plainText, port, redisUrl, webUrl, wholeNumber } from './formats';

export interface HttpConfig {
  port: number;
  host: string;
  /** What links and QR codes are made of; no trailing slash. */
  publicUrl: string;
  /** Origins whose pages may call the API and use the storage's URLs. */
  corsOrigins: string[];
  /** Proxies whose `X-Forwarded-For` is believed; none by default, since anybody can send one. */
  trustedProxies: string[];
}

export const httpVariables = {
  port: { name: 'PORT', format: port, default: '3000', doc: 'Where the API and the dashboard listen.' },
  host: {
    name: 'HOST',
    format: plainText,
    default: '127.0.0.1',
    doc: 'The address to listen on; 0.0.0.0 opens it to other machines.',
  },
  publicUrl: {
    name: 'PUBLIC_URL',
    format: webUrl,
    unset: 'made of `HOST` and `PORT`',
    doc: 'Where people reach the dashboard: what links and QR codes are made of.',
  },
  corsOrigins: {
    name: 'CORS_ORIGINS',
    format: origins,
    unset: 'the dashboard’s own',
    doc: 'Origins of the pages that may call the API and upload.',
  },
  trustedProxies: {
    name: 'TRUST_PROXY',
    format: addressRanges,
    unset: 'nobody’s forwarding headers are believed',
    doc: 'The proxies before the API: whom they name in `X-Forwarded-For` is the caller, for the rate limit and the audit trail.',
  },
  rateLimitPerMinute: {
    name: 'RATE_LIMIT_PER_MINUTE',
    format: wholeNumber({ min: 1, max: 1_000_000 }),
    default: '100',
    doc: 'Requests a minute that one user, one API key, or one address without either may make, where their tier says nothing else; six times that for uploads, a tenth of it where passwords could be guessed.',
  },
  redisUrl: {
    name: 'REDIS_URL',
    format: redisUrl,
    unset: 'the database counts',
    secret: true,
    doc: 'Where the calls of that minute are counted, for all API processes together.',
  },
};

const EVERYWHERE = new Set(['0.0.0.0', '::']);
const LOOPBACK = new Set(['127.0.0.1', '::1', '[::1]', 'localhost']);

export const isLoopback = (hostname: string): boolean => LOOPBACK.has(hostname);

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** On this machine the same page has several names, each an origin of its own to a browser. */
function ownOrigins(publicUrl: string): string[] {
  const { origin, protocol, hostname, port: number } = new URL(publicUrl);
  if (!isLoopback(hostname)) return [origin];
  const suffix = number === '' ? '' : `:${number}`;
  return ['127.0.0.1', 'localhost'].map((name) => `${protocol}//${name}${suffix}`);
}

export function readHttp(environment: Environment): HttpConfig {
  const number = environment.withDefault(httpVariables.port);
  const host = environment.withDefault(httpVariables.host);
  const reachable = EVERYWHERE.has(host) ? 'localhost' : bracketed(host);
  const publicUrl = environment.optional(httpVariables.publicUrl) ?? `http://${reachable}:${number}`;
  const corsOrigins = environment.optional(httpVariables.corsOrigins) ?? ownOrigins(publicUrl);
  const trustedProxies = environment.optional(httpVariables.trustedProxies) ?? [];
  return { port: number, host, publicUrl, corsOrigins, trustedProxies };
}
