import { ApiError } from '../errors/api-error.js';
import { NetworkError } from '../errors/network-error.js';
import { isSlipwayError, type SlipwayError } from '../errors/slipway-error.js';
import type { ApiCall, CallOptions } from './connection.js';
import { interruptible } from './interruptible.js';
import { randomId } from './random-id.js';
import { readProblem } from './read-problem.js';
import { retrying, type RetryNotice, type RetryPolicy } from './retrying.js';
import type { TokenSource } from './token-source.js';

export interface HttpSettings {
  baseUrl: string;
  fetch: typeof fetch;
  credentials: RequestCredentials;
  tokens: TokenSource | null;
  retry: RetryPolicy;
  responseTimeoutMs: number;
  onRetry: (notice: RetryNotice & { step: string }) => void;
}

type Read<T> = (response: Response) => Promise<T>;

/** A request as it stays through all its tries; only the token may change between them. */
interface Prepared {
  url: string;
  init: RequestInit;
  headers: Record<string, string>;
  tokens: TokenSource | null;
}

const isRefusedUntouched = (error: SlipwayError): boolean =>
  error instanceof ApiError && (error.status === 429 || error.status === 503);

/** Speaks JSON with the API: tokens, deadlines, retries, and problem documents as errors. */
export class Http {
  private clockOffsetMs = 0;

  constructor(private readonly settings: HttpSettings) {}

  now(): number {
    return Date.now() + this.clockOffsetMs;
  }

  request<T>(path: string, call: ApiCall = {}): Promise<T> {
    return this.call(path, call, (response) => readJson<T>(response));
  }

  requestBytes(path: string, call: ApiCall = {}): Promise<ArrayBuffer> {
    return this.call(path, call, (response) => response.arrayBuffer());
  }

  download(url: string, { signal }: CallOptions = {}): Promise<ArrayBuffer> {
    return this.within(signal, async (own) => {
      const response = await this.fetch(url, { signal: own, credentials: 'omit' });
      return bodyOf(response, () => response.arrayBuffer());
    });
  }

  private call<T>(path: string, call: ApiCall, read: Read<T>): Promise<T> {
    const prepared = this.prepare(path, call);
    const repeatable = call.repeatable ?? call.method !== 'POST';
    return retrying(() => this.attempt(prepared, { read, signal: call.signal }), {
      policy: call.retry ?? this.settings.retry,
      signal: call.signal,
      // Without an answer nobody knows what happened; 429 and 503 say that nothing did.
      mayRetry: (error) => error.retryable && (repeatable || isRefusedUntouched(error)),
      onRetry: (notice) => this.settings.onRetry({ ...notice, step: `${call.method ?? 'GET'} ${path}` }),
    });
  }

  private prepare(path: string, call: ApiCall): Prepared {
    const { method = 'GET', body, keepalive } = call;
    const headers: Record<string, string> = { accept: 'application/json' };
    if (body) headers['content-type'] = 'application/json';
    if (method !== 'GET') headers['idempotency-key'] = call.idempotencyKey ?? randomId();
    const init: RequestInit = { method, credentials: this.settings.credentials };
    if (body) init.body = JSON.stringify(body);
    if (keepalive) init.keepalive = true;
    const url = `${this.settings.baseUrl}${path}${queryString(call.query)}`;
    return { url, init, headers, tokens: call.anonymous ? null : this.settings.tokens };
  }

  private attempt<T>(
    prepared: Prepared,
    { read, signal }: { read: Read<T>; signal: AbortSignal | undefined },
  ): Promise<T> {
    return this.within(signal, async (own) => {
      const response = await this.authorized(prepared, own);
      this.readClock(response);
      return bodyOf(response, () => read(response));
    });
  }

  private async authorized(prepared: Prepared, signal: AbortSignal): Promise<Response> {
    const { tokens } = prepared;
    if (!tokens) return this.send(prepared, { token: null, signal });
    const token = await tokens.current();
    const response = await this.send(prepared, { token, signal });
    if (response.status !== 401) return response;
    const fresh = await tokens.after(token);
    if (fresh === null || fresh === token) return response;
    await response.body?.cancel();
    return this.send(prepared, { token: fresh, signal });
  }

  private send(
    prepared: Prepared,
    { token, signal }: { token: string | null; signal: AbortSignal },
  ): Promise<Response> {
    const headers =
      token === null ? prepared.headers : { ...prepared.headers, authorization: `Bearer ${token}` };
    return this.fetch(prepared.url, { ...prepared.init, headers, signal });
  }

  private fetch(url: string, init: RequestInit): Promise<Response> {
    const { fetch } = this.settings;
    return connected(() => fetch(url, init));
  }

  /** `Date` is readable on our own origin and where CORS exposes it; without it the device's clock must do. */
  private readClock(response: Response): void {
    const date = Date.parse(response.headers.get('date') ?? '');
    if (!Number.isNaN(date)) this.clockOffsetMs = date - Date.now();
  }

  private within<T>(signal: AbortSignal | undefined, run: (own: AbortSignal) => Promise<T>): Promise<T> {
    const { responseTimeoutMs } = this.settings;
    return interruptible(signal, async (own, interrupt) => {
      const late = () =>
        interrupt(new NetworkError(`No answer within ${responseTimeoutMs} ms.`, { code: 'stalled' }));
      const timer = setTimeout(late, responseTimeoutMs);
      try {
        return await run(own);
      } finally {
        clearTimeout(timer);
      }
    });
  }
}

/** Everything `fetch` and its bodies throw means that the connection broke. */
async function connected<T>(transfer: () => Promise<T>): Promise<T> {
  try {
    return await transfer();
  } catch (cause) {
    throw isSlipwayError(cause) ? cause : new NetworkError('The connection to the server failed.', { cause });
  }
}

async function bodyOf<T>(response: Response, read: () => Promise<T>): Promise<T> {
  if (!response.ok) throw await connected(() => readProblem(response));
  return connected(read);
}

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
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return given.length > 0
    ? `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`
    : '';
}
