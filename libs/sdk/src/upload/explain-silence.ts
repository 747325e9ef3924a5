import type { Connection } from '../client/connection.js';
import { ApiError } from '../errors/api-error.js';
import { NetworkError } from '../errors/network-error.js';
import type { UploadSource } from './upload-source.js';

/** Tries that may fail without a word before CORS is suspected. */
const SILENT_TRIES = 3;

interface Silence {
  /** From 0. */
  attempt: number;
  connection: Connection;
  source: UploadSource;
}

/**
 * A browser hides why a PUT got no answer: the line, the file and missing CORS rules look the same. Gives the error
 * that says which it was, as far as can be found out.
 */
export async function explainSilence(
  error: unknown,
  { attempt, connection, source }: Silence,
): Promise<unknown> {
  if (!(error instanceof NetworkError)) return error;
  await source.assertUnchanged();
  const suspectsCors = error.code === 'network' && attempt + 1 >= SILENT_TRIES && !connection.storageAnswered;
  if (!suspectsCors || typeof location === 'undefined' || !(await apiAnswers(connection))) return error;
  const message = `The API answers, the storage does not: it is down, or its CORS rules do not allow ${location.origin} to PUT.`;
  return new NetworkError(message, { code: 'cors', cause: error });
}

async function apiAnswers(connection: Connection): Promise<boolean> {
  try {
    await connection.request('/health/live', { anonymous: true, retry: { attempts: 1 } });
    return true;
  } catch (error) {
    return error instanceof ApiError;
  }
}
