import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { DomainError } from '@slipway/core/shared/errors';
import type { FastifyRequest } from 'fastify';
import { InjectStorageEvents } from '../http/deps-token';
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

/**
 * Lets the storage in, and nobody else. A guard, since what stands behind guards asks the database, and who has no secret
 * may call as often as he likes. Fails with `not_found` where no events are wanted, else with `unauthenticated`.
 */
@Injectable()
export class FromStorageGuard implements CanActivate {
  constructor(@InjectStorageEvents() private readonly options: StorageEventsOptions) {}

  canActivate(context: ExecutionContext): boolean {
    const { secret } = this.options;
    if (secret === null) throw new DomainError('not_found', 'No storage is told to send events here.');
    const shown = shownBy(context.switchToHttp().getRequest<FastifyRequest>());
    if (isSameSecret(shown, secret)) return true;
    throw new DomainError('unauthenticated', 'Events need the secret of STORAGE_EVENTS_SECRET.');
  }
}
