import { DomainError } from '@slipway/core/shared/errors';
import type { Principal } from '@slipway/core/shared/principal';
import type { FastifyInstance, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before anything else looks at the request; null for a caller without a valid credential. */
    principal: Principal | null;
    /** Why what the caller shows was refused; null where it was not. */
    refusal: DomainError | null;
  }
}

/**
 * Finds whoever shows one kind of credential; null where there is none of the kind, or it is not good. A `DomainError`
 * refuses the call, whatever else it shows.
 */
export type CredentialReader = (request: FastifyRequest) => Promise<Principal | null>;

/**
 * Finds out who is calling, by the first kind of credential that says so; whether they may is the guard's and the use
 * case's business.
 */
export function authenticateRequests(fastify: FastifyInstance, readers: readonly CredentialReader[]): void {
  fastify.decorateRequest('principal', null);
  fastify.decorateRequest('refusal', null);
  fastify.addHook('onRequest', async (request) => {
    try {
      request.principal = await firstOf(readers, request);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      request.refusal = error;
    }
  });
  // Once the call has been counted, so that nobody guesses for nothing.
  fastify.addHook('preParsing', async ({ refusal }) => {
    if (refusal) throw refusal;
  });
}

async function firstOf(
  readers: readonly CredentialReader[],
  request: FastifyRequest,
): Promise<Principal | null> {
  for (const read of readers) {
    const principal = await read(request);
    if (principal) return principal;
  }
  return null;
}
