import { interruptible } from '../client/interruptible.js';
import { retryAfterMs } from '../client/retry-after.js';
import type { Connection } from '../client/connection.js';
import { StorageError } from '../errors/storage-error.js';
import { StallWatchdog, type WatchdogLimits } from './stall-watchdog.js';
import type { PutResponse } from './transport.js';

const MIB = 1024 * 1024;

export interface PutObject {
  url: string;
  headers: Record<string, string>;
  body: Blob;
  signal: AbortSignal | undefined;
  onProgress: (loaded: number) => void;
}

/** One PUT, once. Rejects with `StorageError`, `NetworkError` or `AbortedError`. */
export async function putObject(put: PutObject, connection: Connection): Promise<void> {
  const { transport } = connection.uploads;
  const response = await interruptible(put.signal, async (signal, interrupt) => {
    const watchdog = new StallWatchdog(limitsFor(put.body.size, connection), interrupt);
    try {
      return await transport.put({
        ...put,
        signal,
        onProgress: (loaded) => {
          if (signal.aborted) return;
          watchdog.progress(loaded);
          put.onProgress(loaded);
        },
        onSent: () => watchdog.sent(),
      });
    } finally {
      watchdog.stop();
    }
  });
  connection.storageAnswered = true;
  if (response.status < 200 || response.status >= 300) throw refusal(response);
}

/** A transport that cannot tell progress gets the time of a slow line: one stall's worth for each MiB. */
function limitsFor(size: number, { uploads }: Connection): WatchdogLimits {
  const { transport, stallTimeoutMs, responseTimeoutMs } = uploads;
  const allowances = transport.reportsProgress ? 1 : Math.ceil(size / MIB);
  return { stallTimeoutMs: stallTimeoutMs * allowances, responseTimeoutMs };
}

function refusal({ status, header, body }: PutResponse): StorageError {
  return new StorageError({
    status,
    storageCode: /<Code>([^<]+)<\/Code>/.exec(body)?.[1],
    retryAfterMs: retryAfterMs(header('retry-after')),
  });
}
