import { ApiError, formatFileSize, type SlipwayError, type SlipwayErrorCode } from '@slipway/sdk';
import { describeError } from '../../ui/describe-error';

const WORDS: Partial<Record<SlipwayErrorCode, string>> = {
  file_empty: 'The file is empty.',
  file_changed: 'The file changed while it was being sent. Drop it again.',
  file_unreadable: 'The file can no longer be read. It may have been moved; drop it again.',
  network: 'The connection broke off. Try again when you are online.',
  stalled: 'Nothing moved for a while. Try again when the connection is better.',
  cors: 'The storage is down, or does not admit this page: its CORS rules lack this address.',
  content_mismatch: 'What is inside is not what the name says, so the server refused it.',
  checksum_mismatch: 'The file arrived damaged, and was refused. Try again.',
  size_mismatch: 'Not all of the file arrived. Try again.',
  type_mismatch: 'The file was sent as another type than announced. Try again.',
  upload_expired: 'It took longer than the upload link lived. Try again.',
  upload_cancelled: 'The upload was cancelled elsewhere.',
  storage_refused: 'The storage refused the file.',
  not_found: 'The project is gone, or you have no access to it any more.',
};

const bytes = (fact: unknown): string | null => (typeof fact === 'number' ? formatFileSize(fact) : null);

function explainSize(error: ApiError): string {
  const limit = bytes(error.problem.limit);
  return limit ? `The file is too large: one file may have ${limit} at most.` : error.message;
}

function explainQuota(error: ApiError): string {
  const { scope, kind, used, reserved, limit, requested } = error.problem;
  const full = scope === 'project' ? 'This project' : 'Your storage';
  if (kind === 'files')
    return `${full} holds ${String(limit)} files, as many as it may. Delete some to make room.`;
  const room = [used, reserved, limit].every((fact) => typeof fact === 'number')
    ? bytes(Math.max(0, Number(limit) - Number(used) - Number(reserved)))
    : null;
  if (!room) return `${full} is full. Delete something to make room.`;
  return `${full} is full: ${room} of ${bytes(limit)} left, and this file has ${bytes(requested) ?? 'more'}.`;
}

/** Why a file was not uploaded and what a person can do about it. */
export function explainUploadError(error: SlipwayError): string {
  if (error instanceof ApiError && error.code === 'file_too_large') return explainSize(error);
  if (error instanceof ApiError && error.code === 'quota_exceeded') return explainQuota(error);
  return WORDS[error.code] ?? describeError(error);
}

const HOPELESS: ReadonlySet<SlipwayErrorCode> = new Set([
  'file_empty',
  'file_name_invalid',
  'file_too_large',
  'file_changed',
  'file_unreadable',
  'type_not_allowed',
  'content_mismatch',
]);

/** The same file would fail in the same way. */
export const isHopeless = ({ code }: SlipwayError): boolean => HOPELESS.has(code);
