import type { Principal } from '@slipway/core/shared/principal';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AccessTokens } from './access-tokens';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before anything else looks at the request; null for a caller without a valid token. */
    principal: Principal | null;
  }
}

const BEARER = /^Bearer ([\w.-]+)$/i;

/** Where a call comes from, for the audit trail. */
export function originOf(request: FastifyRequest): Pick<Principal, 'ip' | 'userAgent' | 'requestId'> {
  return { ip: request.ip, userAgent: request.headers['user-agent'] ?? null, requestId: request.id };
}

/** Finds out who is calling; whether they may is the guard's and the use case's business. */
export function authenticateRequests(fastify: FastifyInstance, accessTokens: AccessTokens): void {
  fastify.decorateRequest('principal', null);
  fastify.addHook('onRequest', async (request) => {
    const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
    const userId = token === undefined ? null : await accessTokens.verify(token);
    if (userId !== null) request.principal = { kind: 'user', id: userId, ...originOf(request) };
  });
}
