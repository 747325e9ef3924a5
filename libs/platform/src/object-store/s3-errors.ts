import { StorageError, type StorageFailure } from './storage-error';

/** What the AWS SDK attaches to an error, when there was an answer at all. */
interface SdkError {
  name?: string;
  message?: string;
  code?: string;
  $metadata?: { httpStatusCode?: number };
}

/** Codes that come with a status that would mean "never", yet pass on a later try. */
const TRANSIENT_CODES = new Set(['RequestTimeout', 'ExpiredToken', 'Throttling', 'ThrottlingException']);

/** HTTP status of the storage's answer; undefined when there was none. */
export const statusOf = (error: unknown): number | undefined => (error as SdkError).$metadata?.httpStatusCode;

/** S3's error code, such as `NoSuchKey`; answers to HEAD carry none. */
export const codeOf = (error: unknown): string => (error as SdkError).name ?? '';

function failureOf(error: unknown): StorageFailure {
  const status = statusOf(error);
  // Without an answer the network failed; a status of success on an error is an answer that made no sense.
  if (status === undefined || status < 300 || TRANSIENT_CODES.has(codeOf(error))) return 'unavailable';
  if (status === 404) return 'not_found';
  if (status === 412) return 'precondition_failed';
  // 409: another operation on the same object is under way. 501 is for good: this storage lacks the function.
  if (status === 409 || status === 429 || (status >= 500 && status !== 501)) return 'unavailable';
  return 'refused';
}

function reasonOf(error: unknown): string {
  const { message, code } = error as SdkError;
  const status = statusOf(error);
  // Connecting to a name with two addresses fails with an empty message and only a code.
  const told = [codeOf(error), message || code].filter((part) => part && part !== 'Error').join(': ');
  return status === undefined ? told : `${status} ${told}`;
}

/** Any error of the SDK or the network in the product's words; `action` says what was tried, e.g. `copy a to b`. */
export function toStorageError(error: unknown, action: string): StorageError {
  if (error instanceof StorageError) return error;
  return new StorageError(failureOf(error), `Storage could not ${action}: ${reasonOf(error)}`, {
    cause: error,
  });
}
