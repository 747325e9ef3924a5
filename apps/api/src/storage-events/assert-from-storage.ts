import { DomainError } from '@slipway/core/shared/errors';
import type { FastifyRequest } from 'fastify';
import { bearerOf, isSameSecret } from '../http/same-secret';

export interface StorageEventsOptions {
  /** What the storage has to show; null where no storage is told to send events. */
  secret: string | null;
  bucket: string;
}

function shownBy({ headers, query }: FastifyRequest): string {
  const bearer = bearerOf(headers.authorization);
  if (bearer !== null) return bearer;
  // Ceph's gateway can carry a secret only in the address it sends to.
  const { token } = query as Record<string, unknown>;
  return typeof token === 'string' ? token : '';
}

/** Fails with `not_found` where no events are wanted, with `unauthenticated` for anybody but the storage. */
export function assertFromStorage(request: FastifyRequest, { secret }: StorageEventsOptions): void {
  if (secret === null) throw new DomainError('not_found', 'No storage is told to send events here.');
  if (isSameSecret(shownBy(request), secret)) return;
  throw new DomainError('unauthenticated', 'Events need the secret of STORAGE_EVENTS_SECRET.');
}
