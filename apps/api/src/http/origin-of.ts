import type { Origin } from '@slipway/core/shared/principal';
import type { FastifyRequest } from 'fastify';

/** More of it is of no use to anybody who reads the audit trail. */
const MAX_USER_AGENT = 400;

/** Where a call comes from, for the audit trail. */
export function originOf(request: FastifyRequest): Origin {
  const userAgent = request.headers['user-agent']?.slice(0, MAX_USER_AGENT) ?? null;
  return { ip: request.ip, userAgent, requestId: request.id };
}
