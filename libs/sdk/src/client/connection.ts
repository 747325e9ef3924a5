import type { Digest } from '../upload/sha256.js';
import type { ResumeStore } from '../upload/parts/resume-store.js';
import type { Transport } from '../upload/transport.js';
import type { Diagnostic } from './diagnostic.js';
import type { RetryPolicy } from './retrying.js';

export interface ApiCall {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as JSON. */
  body?: object;
  query?: object | undefined;
  signal?: AbortSignal | undefined;
  /** Sent without a token. */
  anonymous?: boolean;
  /** Doing it twice is doing it once, so it may be sent again when no answer came. All but POST are so anyway. */
  repeatable?: boolean;
  /** Outlives the page. */
  keepalive?: boolean;
  /** The same for every try of one effect; made up when left out. */
  idempotencyKey?: string;
  /** Where this call is to differ from the client's policy. */
  retry?: Partial<RetryPolicy>;
}

export interface CallOptions {
  signal?: AbortSignal | undefined;
}

export interface UploadSettings {
  readonly transport: Transport;
  readonly digest: Digest;
  readonly retry: RetryPolicy;
  readonly stallTimeoutMs: number;
  readonly responseTimeoutMs: number;
  /** PUTs at once, over all uploads of the client. */
  readonly concurrency: number;
  /** Files of more bytes are expected to go in parts. */
  readonly partsAbove: number;
  /** False remembers nothing; left out is IndexedDB, or the memory where there is none. */
  readonly resumeStore: ResumeStore | false | undefined;
}

/** What every part of the SDK needs of a client: `createClient` makes one, and the functions take it first. */
export interface Connection {
  readonly baseUrl: string;
  readonly uploads: UploadSettings;
  /** Whether this client's PUTs have had any answer: if never, CORS is a likely cause of silence. */
  storageAnswered: boolean;
  /** One call of the API that answers JSON, or nothing. Rejects with a `SlipwayError`. */
  request<T>(path: string, call?: ApiCall): Promise<T>;
  /** One call of the API that answers a file. */
  requestBytes(path: string, call?: ApiCall): Promise<ArrayBuffer>;
  /** What a signed URL leads to; no token goes there. */
  download(url: string, call?: CallOptions): Promise<ArrayBuffer>;
  /** The server's clock in milliseconds, as far as its answers told it. */
  now(): number;
  diagnose(event: Diagnostic): void;
}
