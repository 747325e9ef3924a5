import { HttpException } from '@nestjs/common';
import { DomainError, type ErrorCode } from '@slipway/core/shared/errors';
import { isDatabaseUnavailable, sqlState, violatedConstraint } from '@slipway/platform/db/database-errors';
import { StorageError } from '@slipway/platform/object-store/storage-error';

/** Seconds after which a client may try again when a part of the server is away. */
const RETRY_AFTER_SECONDS = 2;

const CODES: Record<number, ErrorCode> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  429: 'rate_limited',
};

/** PostgreSQL's text and jsonb have no U+0000, in which JSON and addresses may be written. */
const UNSTORABLE = new Set(['22021', '22P05']);

/** A token outlives its account: what the caller would own has no owner then. */
const OWNED_BY_NOBODY = new Set([
  'projects_owner_id_fkey',
  'uploads_created_by_fkey',
  'assets_created_by_fkey',
]);

/** What every failure of a call looks like to its caller; a status of its own where the framework chose one. */
export interface CallFailure {
  error: DomainError;
  status?: number;
}

export function toCallFailure(thrown: unknown): CallFailure {
  if (thrown instanceof DomainError) return { error: thrown };
  if (thrown instanceof StorageError) return { error: storageFailure(thrown) };
  if (isDatabaseUnavailable(thrown)) {
    return {
      error: new DomainError('database_unavailable', 'The database does not answer.', {
        retryAfter: RETRY_AFTER_SECONDS,
        cause: thrown,
      }),
    };
  }
  if (UNSTORABLE.has(sqlState(thrown) ?? '')) {
    return {
      error: new DomainError('invalid_request', 'The request has text with the character U+0000.', {
        cause: thrown,
      }),
    };
  }
  if (OWNED_BY_NOBODY.has(violatedConstraint(thrown) ?? '')) {
    return { error: new DomainError('unauthenticated', 'This account no longer exists.', { cause: thrown }) };
  }
  return (
    frameworkFailure(thrown) ?? {
      error: new DomainError('internal', 'Something went wrong on our side.', { cause: thrown }),
    }
  );
}

function storageFailure(thrown: StorageError): DomainError {
  if (thrown.failure !== 'unavailable') {
    return new DomainError('internal', 'The storage refused what the server asked of it.', { cause: thrown });
  }
  return new DomainError('storage_unavailable', 'The storage does not answer. Nothing was changed.', {
    retryAfter: RETRY_AFTER_SECONDS,
    cause: thrown,
  });
}

/** Errors of Fastify and Nest before or beside a use case: unknown route, broken JSON, too large a body. */
function frameworkFailure(thrown: unknown): CallFailure | null {
  const status =
    thrown instanceof HttpException ? thrown.getStatus() : (thrown as { statusCode?: unknown })?.statusCode;
  if (typeof status !== 'number' || status < 400 || status > 499) return null;
  const code = CODES[status] ?? 'invalid_request';
  return { status, error: new DomainError(code, (thrown as Error).message, { cause: thrown }) };
}
