import { RouteConfig } from '@nestjs/platform-fastify';
import { DomainError } from '@slipway/core/shared/errors';
import { CountUnavailableError, type InsuredCounter } from '@slipway/platform/limits/insured-counter';
import type { Spending } from '@slipway/platform/limits/rate-counter';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { budgetOf, type RateClass } from './limits/budget-of';

interface RatedConfig {
  rateClass?: RateClass;
}

const inClass = (rateClass: RateClass): MethodDecorator => RouteConfig({ rateClass } satisfies RatedConfig);

/** Marks routes where a password or an email could be guessed: a tenth of the budget, for each address. */
export const GuessingLimit = () => inClass('guessing');

/** Marks the routes that an upload takes: six times the budget, and apart from the rest. */
export const UploadRate = () => inClass('uploads');

/** For callers that hold a secret of ours and call as often as people upload, and for those that watch the server. */
export const UnlimitedRate = () => inClass('unlimited');

/** For pages that ask the database: outside of the API, what says nothing is a file. */
export const PageRate = () => inClass('standard');

/** By the route, not the address: `/%61pi/…` reaches the same one. What says nothing and is no route of the API is a file. */
function classOf({ routeOptions, is404 }: FastifyRequest): RateClass {
  if (is404) return 'standard';
  const isOfApi = routeOptions.url?.startsWith('/api/') === true;
  return (routeOptions.config as RatedConfig).rateClass ?? (isOfApi ? 'standard' : 'unlimited');
}

const RETRY_AFTER_SECONDS = 2;

const seconds = (milliseconds: number): number => Math.ceil(milliseconds / 1000);

export interface RateLimit {
  /** Calls a minute of whoever has no tier that says otherwise. */
  perMinute: number;
  counter: InsuredCounter;
}

/** What each answer says of the budget, a figure a header: draft-ietf-httpapi-ratelimit-headers-06. */
export const RATE_HEADERS = ['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset'] as const;

function tell(reply: FastifyReply, calls: number, { remaining, resetMs }: Spending): void {
  const figures = [calls, remaining, seconds(resetMs)];
  RATE_HEADERS.forEach((name, at) => void reply.header(name, figures[at]));
}

async function holdToRate(request: FastifyRequest, reply: FastifyReply, rate: RateLimit): Promise<void> {
  const call = { rateClass: classOf(request), principal: request.principal, ip: request.ip };
  const budget = budgetOf(call, rate.perMinute);
  if (budget === null) return;
  const spending = await rate.counter.take(budget);
  tell(reply, budget.calls, spending);
  if (spending.isRefused) {
    const retryAfter = seconds(spending.resetMs);
    throw new DomainError('rate_limited', 'Too many calls in a short time.', { retryAfter });
  }
}

/**
 * Fails a call over its budget with 429 `rate_limited` and `Retry-After`; one that must be counted and cannot be, with
 * 503 `database_unavailable`.
 */
export function limitRate(fastify: FastifyInstance, rate: RateLimit): void {
  fastify.addHook('onRequest', async (request, reply) => {
    try {
      await holdToRate(request, reply, rate);
    } catch (error) {
      if (!(error instanceof CountUnavailableError)) throw error;
      throw new DomainError(
        'database_unavailable',
        'This call cannot be counted, so it is not let through.',
        {
          retryAfter: RETRY_AFTER_SECONDS,
          cause: error,
        },
      );
    }
  });
}
