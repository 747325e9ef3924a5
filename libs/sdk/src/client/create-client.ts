import { notify } from '../upload/notify.js';
import { completeUpload } from '../upload/complete-upload.js';
import { fetchTransport } from '../upload/fetch-transport.js';
import { loadParts } from '../upload/load-parts.js';
import type { PendingUpload, ResumeStore } from '../upload/parts/resume-store.js';
import { type Digest, webDigest } from '../upload/sha256.js';
import type { Transport } from '../upload/transport.js';
import { uploadFile } from '../upload/upload-file.js';
import type { UploadHandle } from '../upload/upload-handle.js';
import type { UploadOptions } from '../upload/upload-options.js';
import { xhrTransport } from '../upload/xhr-transport.js';
import { type AssetUrlOptions, getAssetUrl } from '../urls/get-asset-url.js';
import { SignedUrlService } from '../urls/signed-url-service.js';
import { AssetsAPI } from './assets-api.js';
import { AuthAPI } from './auth-api.js';
import type { CallOptions, Connection, UploadSettings } from './connection.js';
import type { Diagnostic } from './diagnostic.js';
import { createHttp } from './http.js';
import { ProjectsAPI } from './projects-api.js';
import { type GetToken, TokenSource } from './token-source.js';
import type { Asset, CreateAssetInput } from './wire.js';

export interface ClientOptions {
  /** Where the API is: `/api` on its own origin, or `https://host/api`. */
  baseUrl: string;
  getToken?: GetToken;
  /** Whether cookies go along; `same-origin` when left out. */
  credentials?: 'omit' | 'same-origin' | 'include';
  fetch?: typeof fetch;
  /** XMLHttpRequest where there is one, for its progress, else `fetch`. */
  transport?: Transport;
  /** `crypto.subtle` when left out. */
  digest?: Digest;
  /** Of uploads: 6 tries, 500 ms doubling up to 30 s. Other calls make do with 3. */
  retry?: { attempts?: number; baseMs?: number; maxMs?: number };
  /** A PUT without progress for this long is sent again; 30 s. */
  stallTimeoutMs?: number;
  /** A call without an answer for this long has failed, and so has a PUT after its last byte; 60 s. */
  responseTimeoutMs?: number;
  /** PUTs at once, over all files of the client; 4, which leaves a browser two connections for other things. */
  concurrency?: number;
  /**
   * The server's SINGLE_PUT_LIMIT, where it is not 16 MiB, in bytes. Only a guess at what the server decides: larger
   * files are announced without a SHA-256 of the whole, and looked up among the unfinished uploads.
   */
  partsAbove?: number;
  /** Where unfinished uploads are remembered, to go on after a reload. IndexedDB when left out; false for nowhere. */
  resumeStore?: ResumeStore | false;
  /** Retries, renewals and the like, for telemetry. */
  onDiagnostic?: (event: Diagnostic) => void;
}

export interface Client extends Connection {
  readonly auth: AuthAPI;
  readonly projects: ProjectsAPI;
  readonly assets: AssetsAPI;
  readonly signedUrls: SignedUrlService;
  uploadFile(options: UploadOptions): UploadHandle;
  /** Uploads of large files that were left unfinished here: they go on when the same file is given to `uploadFile`. */
  pendingUploads(projectId?: string): Promise<PendingUpload[]>;
  /** Forgets them, with the names of their files. Call it when somebody signs out. */
  forgetUploads(): Promise<void>;
  completeUpload(input: CreateAssetInput, options?: CallOptions): Promise<Asset>;
  getAssetUrl(assetId: string, options?: AssetUrlOptions): Promise<string>;
}

/** Rate limits count by the minute, and an upload can wait that long; a person at a form cannot. */
const UPLOAD_PATIENCE_MS = 90_000;
const CALL_PATIENCE_MS = 5_000;
const CALL_ATTEMPTS = 3;
const PARTS_ABOVE = 16 * 1024 * 1024;

/** Touches nothing outside itself until the first call, so it may run on a server and at import time. */
export function createClient(options: ClientOptions): Client {
  const connection = connect(options);
  return Object.assign(connection, {
    auth: new AuthAPI(connection),
    projects: new ProjectsAPI(connection),
    assets: new AssetsAPI(connection),
    signedUrls: new SignedUrlService(connection),
    uploadFile: (upload: UploadOptions) => uploadFile(connection, upload),
    pendingUploads: async (projectId?: string) => (await loadParts()).pendingUploads(connection, projectId),
    forgetUploads: async () => (await loadParts()).forgetUploads(connection),
    completeUpload: (input: CreateAssetInput, call?: CallOptions) => completeUpload(connection, input, call),
    getAssetUrl: (assetId: string, url?: AssetUrlOptions) => getAssetUrl(connection, assetId, url),
  });
}

function connect(options: ClientOptions): Connection {
  const uploads = uploadSettings(options);
  const diagnose = (event: Diagnostic) => notify(options.onDiagnostic, event);
  const baseUrl = options.baseUrl.replace(/\/+$/, '');
  const attempts = Math.min(uploads.retry.attempts, CALL_ATTEMPTS);
  const http = createHttp({
    baseUrl,
    fetch: fetchOf(options),
    credentials: options.credentials ?? 'same-origin',
    tokens: options.getToken ? new TokenSource(options.getToken) : null,
    retry: { ...uploads.retry, attempts, patienceMs: CALL_PATIENCE_MS, waitsOffline: false },
    responseTimeoutMs: uploads.responseTimeoutMs,
    onRetry: (notice) => diagnose({ type: 'retry', ...notice }),
  });
  return {
    ...http,
    baseUrl,
    uploads,
    storageAnswered: false,
    diagnose,
  };
}

function uploadSettings(options: ClientOptions): UploadSettings {
  const { attempts = 6, baseMs = 500, maxMs = 30_000 } = options.retry ?? {};
  return {
    transport: options.transport ?? defaultTransport(fetchOf(options)),
    digest: options.digest ?? webDigest,
    retry: { attempts, baseMs, maxMs, patienceMs: UPLOAD_PATIENCE_MS, waitsOffline: true },
    concurrency: options.concurrency ?? 4,
    partsAbove: options.partsAbove ?? PARTS_ABOVE,
    resumeStore: options.resumeStore,
    stallTimeoutMs: options.stallTimeoutMs ?? 30_000,
    responseTimeoutMs: options.responseTimeoutMs ?? 60_000,
  };
}

/** Called as a bare function, as browsers insist, and looked up at each call, since a page may replace its own. */
const fetchOf =
  (options: ClientOptions): typeof fetch =>
  (...args) =>
    (options.fetch ?? globalThis.fetch)(...args);

const defaultTransport = (fetch: typeof globalThis.fetch): Transport =>
  typeof XMLHttpRequest === 'undefined' ? fetchTransport(fetch) : xhrTransport;
