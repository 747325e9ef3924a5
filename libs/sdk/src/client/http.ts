import { ApiError } from '../errors/api-error.js';
import { NetworkError } from '../errors/network-error.js';
import { isSlipwayError, type SlipwayError } from '../errors/slipway-error.js';
import type { ApiCall, Connection } from './connection.js';
import { interruptible } from './interruptible.js';
import { randomId } from './random-id.js';
import { readProblem } from './read-problem.js';
import { retrying, type RetryNotice, type RetryPolicy } from './retrying.js';
import type { TokenSource } from './token-source.js';

export interface HttpSettings {
  baseUrl: string;
  fetch: typeof fetch;
  credentials: 'omit' | 'same-origin' | 'include';
  tokens: TokenSource | null;
  retry: RetryPolicy;
  responseTimeoutMs: number;
  onRetry: (notice: RetryNotice & { step: string }) => void;
}

type Http = Pick<Connection, 'request' | 'requestBytes' | 'download' | 'now'>;
type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** A request as it stays through all its tries; only the token may change between them. */
interface Prepared {
  url: string;
  init: RequestInit;
  headers: Record<string, string>;
  tokens: TokenSource | null;
}

/** Speaks JSON with the API: tokens, deadlines, retries, and problem documents as errors. */
export function createHttp(settings: HttpSettings): Http {
  let clockOffsetMs = 0;
  const fetch: Fetch = async (url, init) => {
    const response = await connected(() => settings.fetch(url, init));
    // Readable on our own origin and where CORS exposes it; without it the device's clock must do.
    const date = Date.parse(response.headers.get('date') ?? '');
    if (date) clockOffsetMs = date - Date.now();
    return response;
  };

  async function call<T>(path: string, given: ApiCall, read: (response: Response) => Promise<T>): Promise<T> {
    const prepared = prepare(path, given, settings);
    const attempt = () =>
      within(settings.responseTimeoutMs, given.signal, async (signal) =>
        bodyOf(await authorized(prepared, signal, fetch), read),
      );
    return retrying(attempt, {
      policy: { ...settings.retry, ...given.retry },
      signal: given.signal,
      mayRetry: (error) => mayRetry(error, given),
      onRetry: (notice) => settings.onRetry({ ...notice, step: `${given.method ?? 'GET'} ${path}` }),
    });
  }

  return {
    request: <T>(path: string, given: ApiCall = {}) => call(path, given, readJson<T>),
    requestBytes: (path, given = {}) => call(path, given, readBytes),
    download: (url, { signal } = {}) =>
      within(settings.responseTimeoutMs, signal, async (own) =>
        bodyOf(await fetch(url, { signal: own, credentials: 'omit' }), readBytes),
      ),
    now: () => Date.now() + clockOffsetMs,
  };
}

function prepare(path: string, call: ApiCall, settings: HttpSettings): Prepared {
  const { method = 'GET', body, keepalive = false } = call;
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body) headers['content-type'] = 'application/json';
  if (method !== 'GET') headers['idempotency-key'] = call.idempotencyKey ?? randomId();
  return {
    url: settings.baseUrl + path + queryString(call.query),
    init: { method, keepalive, credentials: settings.credentials, body: body ? JSON.stringify(body) : null },
    headers,
    tokens: call.anonymous ? null : settings.tokens,
  };
}

/** Sends it with the current token and, when that is refused, once with the next. */
async function authorized(prepared: Prepared, signal: AbortSignal, fetch: Fetch): Promise<Response> {
  const { url, init, headers, tokens } = prepared;
  const send = (token: string | null | undefined) =>
    fetch(url, {
      ...init,
      signal,
      headers: token ? { ...headers, authorization: `Bearer ${token}` } : headers,
    });
  const token = await tokens?.current();
  const response = await send(token);
  if (response.status !== 401 || !tokens) return response;
  const fresh = await tokens.after(token ?? null);
  if (!fresh || fresh === token) return response;
  await response.body?.cancel();
  return send(fresh);
}

/** Without an answer nobody knows what happened; 429 and 503 say that nothing did. */
function mayRetry(error: SlipwayError, { repeatable, method }: ApiCall): boolean {
  const refusedUntouched = error instanceof ApiError && (error.status === 429 || error.status === 503);
  return error.retryable && (refusedUntouched || (repeatable ?? method !== 'POST'));
}

function within<T>(
  ms: number,
  signal: AbortSignal | undefined,
  run: (own: AbortSignal) => Promise<T>,
): Promise<T> {
  return interruptible(signal, async (own, interrupt) => {
    const late = () => interrupt(new NetworkError(`No answer within ${ms} ms.`, { code: 'stalled' }));
    const timer = setTimeout(late, ms);
    try {
      return await run(own);
    } finally {
      clearTimeout(timer);
    }
  });
}

/** Everything `fetch` and its bodies throw means that the connection broke. */
async function connected<T>(transfer: () => Promise<T>): Promise<T> {
  try {
    return await transfer();
  } catch (cause) {
    throw isSlipwayError(cause) ? cause : new NetworkError('The connection to the server failed.', { cause });
  }
}

function bodyOf<T>(response: Response, read: (response: Response) => Promise<T>): Promise<T> {
  return connected(async () => {
    if (!response.ok) throw await readProblem(response);
    return read(response);
  });
}

const readBytes = (response: Response): Promise<ArrayBuffer> => response.arrayBuffer();

async function readJson<T>(response: Response): Promise<T> {
  const text = await response.text();
  try {
    return (text === '' ? undefined : JSON.parse(text)) as T;
  } catch (cause) {
    const detail = `${response.url} answered ${response.status} without JSON. Is baseUrl the API's?`;
    throw new ApiError(response.status, { code: 'internal', detail }, { cause });
  }
}

function queryString(query: object = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) params.set(name, String(value));
  }
  const text = params.toString();
  return text && `?${text}`;
}
