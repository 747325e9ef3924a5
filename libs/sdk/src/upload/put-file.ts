import type { Connection } from '../client/connection.js';
import { retrying, type RetryNotice } from '../client/retrying.js';
import { isSlipwayError, type SlipwayError } from '../errors/slipway-error.js';
import { explainSilence } from './explain-silence.js';
import type { ProgressMeter } from './progress-meter.js';
import { poolOf } from './put-pool.js';
import { putObject } from './put-object.js';
import type { UploadSource } from './upload-source.js';

/** A signed PUT, to be sent exactly so. */
export interface SignedPut {
  url: string;
  headers: Record<string, string>;
}

export interface PutFileOptions {
  connection: Connection;
  source: UploadSource;
  meter: ProgressMeter;
  signal: AbortSignal;
  onAttempt: () => void;
  onRetry: (notice: RetryNotice) => void;
}

/** The try from which the body is sent from memory: by then the file's own bytes have failed twice. */
const COPY_FROM_ATTEMPT = 2;

/** Sends the file to its signed URL until the storage has it, or it is clear that it never will. */
export async function putFile(signed: SignedPut, options: PutFileOptions): Promise<void> {
  const { connection, source, meter, signal } = options;
  let mismatched = false;
  const put = async (attempt: number) => {
    options.onAttempt();
    meter.restart();
    const body = mismatched || attempt >= COPY_FROM_ATTEMPT ? await source.copy() : source.file;
    const onProgress = (loaded: number) => meter.report(loaded);
    try {
      await putObject({ ...signed, body, signal, onProgress }, connection);
      meter.report(body.size, body.size);
    } catch (error) {
      throw await explainSilence(error, { attempt, connection, source });
    }
  };
  // Other bytes arrived than were hashed: once more from memory tells a bad line from a file that changed.
  const mayRetry = (error: SlipwayError) => {
    const again = error.retryable || (error.code === 'checksum_mismatch' && !mismatched);
    mismatched ||= error.code === 'checksum_mismatch';
    return again;
  };
  await retrying((attempt) => poolOf(connection).run(signal, () => put(attempt)), {
    policy: connection.uploads.retry,
    signal,
    mayRetry,
    onRetry: options.onRetry,
  });
}

/** The signed URL, or the upload behind it, is over; a new one may go through. */
export const isExpired = (error: unknown): error is SlipwayError =>
  isSlipwayError(error) && error.code === 'upload_expired';
