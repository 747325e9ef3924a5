import rateLimit from '@fastify/rate-limit';
import { RouteConfig } from '@nestjs/platform-fastify';
import { DomainError } from '@slipway/core/shared/errors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { addressBlock } from './address-block';

/** A signed-in caller has one budget wherever they are; everyone else one per address. */
const callerOf = (request: FastifyRequest): string => request.principal?.id ?? addressBlock(request.ip);

/** Marks routes where a password or an email could be guessed: a thirtieth of the budget. */
export const GuessingLimit = () => RouteConfig({ guessing: true });

const isGuessing = (request: FastifyRequest): boolean =>
  (request.routeOptions.config as { guessing?: boolean }).guessing === true;

/** For callers that hold a secret of ours and call as often as people upload. */
export const UnlimitedRate = () => RouteConfig({ unlimited: true });

const isUnlimited = ({ routeOptions }: FastifyRequest): boolean =>
  routeOptions.url?.startsWith('/api/') !== true ||
  (routeOptions.config as { unlimited?: boolean }).unlimited === true;

/** `RateLimit-*` on each answer, `429 rate_limited` with `Retry-After` beyond. Counts in this process. */
export async function limitRate(fastify: FastifyInstance, perMinute: number): Promise<void> {
  await fastify.register(rateLimit, {
    timeWindow: '1 minute',
    keyGenerator: (request) =>
      isGuessing(request) ? `guess ${addressBlock(request.ip)}` : callerOf(request),
    max: (request) => (isGuessing(request) ? Math.ceil(perMinute / 30) : perMinute),
    // By the route, not the address: `/%61pi/…` reaches the same one.
    allowList: isUnlimited,
    enableDraftSpec: true,
    errorResponseBuilder: (_request, { ttl }) =>
      new DomainError('rate_limited', 'Too many calls in a short time.', {
        retryAfter: Math.ceil(ttl / 1000),
      }),
  });
}
