import { createHash } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { DomainError } from '@slipway/core/shared/errors';
import type { FastifyRequest } from 'fastify';

export const MAX_KEY_LENGTH = 255;

/** Visible ASCII and spaces: what a header carries unchanged through every proxy. */
const PRINTABLE = /^[\x20-\x7e]+$/;

/**
 * The `Idempotency-Key` of a call (draft-ietf-httpapi-idempotency-key-header-07), null without one. Opaque: the quotes
 * of a structured string are part of it. Fails with `invalid_request` when it is empty, too long or not printable.
 */
export function readIdempotencyKey({ headers }: Pick<FastifyRequest, 'headers'>): string | null {
  const key = headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key === 'string' && key.length <= MAX_KEY_LENGTH && PRINTABLE.test(key)) return key;
  throw new DomainError('invalid_request', 'The Idempotency-Key cannot be used.', {
    errors: [
      { field: 'Idempotency-Key', message: `must be 1 to ${MAX_KEY_LENGTH} printable ASCII characters` },
    ],
  });
}

/**
 * For the use cases that keep the key with what they make, so that not even a crash makes it twice. The SHA-256 of it,
 * since the key itself opens the answers that are kept, and so is never stored.
 */
export const IdempotencyKey = createParamDecorator((_: unknown, context: ExecutionContext): string | null => {
  const key = readIdempotencyKey(context.switchToHttp().getRequest<FastifyRequest>());
  return key === null ? null : createHash('sha256').update(key).digest('base64url');
});
