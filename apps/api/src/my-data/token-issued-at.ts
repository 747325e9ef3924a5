import type { FastifyRequest } from 'fastify';
import { decodeJwt } from 'jose';
import { bearerOf } from '../http/same-secret';

/** When the token was made that the call was let in by; seconds since 1970, 0 where it was something else. */
export function tokenIssuedAt({ headers }: FastifyRequest): number {
  const token = bearerOf(headers.authorization);
  return token === null ? 0 : (decodeJwt(token).iat ?? 0);
}
