import { createHash, timingSafeEqual } from 'node:crypto';
import { DomainError } from '@slipway/core/shared/errors';
import type { FastifyRequest } from 'fastify';

export interface StorageEventsOptions {
  /** What the storage has to show; null where no storage is told to send events. */
  secret: string | null;
  bucket: string;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Digests have one length, so that the comparison tells nothing of the secret, not even how long it is. */
const isSame = (given: string, secret: string): boolean => timingSafeEqual(digest(given), digest(secret));

function shownBy({ headers, query }: FastifyRequest): string {
  const bearer = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return bearer;
  // Ceph's gateway can carry a secret only in the address it sends to.
  const { token } = query as Record<string, unknown>;
  return typeof token === 'string' ? token : '';
}

/** Fails with `not_found` where no events are wanted, with `unauthenticated` for anybody but the storage. */
export function assertFromStorage(request: FastifyRequest, { secret }: StorageEventsOptions): void {
  if (secret === null) throw new DomainError('not_found', 'No storage is told to send events here.');
  if (isSame(shownBy(request), secret)) return;
  throw new DomainError('unauthenticated', 'Events need the secret of STORAGE_EVENTS_SECRET.');
}
