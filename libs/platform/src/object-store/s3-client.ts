import { S3Client } from '@aws-sdk/client-s3';
import { DEFAULT_LIMITS } from './call-limits';
import type { SigningCredentials } from './url-signer';

export interface S3ClientOptions {
  /** Unset: Amazon S3 of the region. */
  endpoint?: string | undefined;
  region: string;
  /** `https://host/bucket/key` instead of `https://bucket.host/key`. */
  forcePathStyle: boolean;
  /** Unset: the SDK's provider chain (environment, profile, container, instance role). */
  credentials?: SigningCredentials | undefined;
  /** Sockets to the storage; further calls wait for one. */
  maxConnections?: number;
}

const CONNECT_TIMEOUT_MS = 3_000;
const ANSWER_TIMEOUT_MS = 10_000;
/** A storage that copies or puts parts together is silent all the while: cut off sooner, it would only begin again. */
const SILENCE_TIMEOUT_MS = DEFAULT_LIMITS.transferMs;

/**
 * One client for the whole process: each keeps its own connections, and making one costs more than a call.
 * Close with `destroy()`.
 */
export function createS3Client(options: S3ClientOptions): S3Client {
  // The SDK warns on stderr about Node versions it will drop one day; which ones this product runs on, package.json says.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const agent = { keepAlive: true, maxSockets: options.maxConnections ?? 50 };
  return new S3Client({
    region: options.region,
    forcePathStyle: options.forcePathStyle,
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
    ...(options.credentials === undefined ? {} : { credentials: options.credentials }),
    // By default the SDK adds a CRC32 to every request in a trailer that many S3-compatible storages refuse.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 3,
    requestHandler: {
      connectionTimeout: CONNECT_TIMEOUT_MS,
      requestTimeout: ANSWER_TIMEOUT_MS,
      throwOnRequestTimeout: true,
      socketTimeout: SILENCE_TIMEOUT_MS,
      httpAgent: agent,
      httpsAgent: agent,
    },
  });
}
