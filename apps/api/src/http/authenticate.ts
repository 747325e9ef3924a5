import type { Principal } from '@slipway/core/shared/principal';
import type { FastifyInstance, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before anything else looks at the request; null for a caller without a valid credential. */
    principal: Principal | null;
  }
}

/** Finds whoever shows one kind of credential; null where there is none of the kind, or it is not good. */
export type CredentialReader = (request: FastifyRequest) => Promise<Principal | null>;

/**
 * Finds out who is calling, by the first kind of credential that says so; whether they may is the guard's and the use
 * case's business.
 */
export function authenticateRequests(fastify: FastifyInstance, readers: readonly CredentialReader[]): void {
  fastify.decorateRequest('principal', null);
  fastify.addHook('onRequest', async (request) => {
    for (const read of readers) {
      request.principal = await read(request);
      if (request.principal !== null) return;
    }
  });
}
