import type { KeyObject } from 'node:crypto';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { answerOnce } from '@slipway/core/idempotency/answer-once';
import type { Answer, KeyedCall } from '@slipway/core/idempotency/sealed-call';
import type { Deps } from '@slipway/core/shared/deps';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { lastValueFrom, type Observable, of } from 'rxjs';
import { refreshCookieIn } from '../accounts/refresh-cookie';
import { readIdempotencyKey } from './idempotency-key';

export const REPLAYED_HEADER = 'idempotency-replayed';

/** RFC 9110 §9.2.1: those that change nothing. */
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Callers without an account share their keys; what they send is compared too, passwords, cookie and all. */
const NOBODY = 'public';

/** A session is no use without the cookie that keeps it alive. */
interface KeptAnswer {
  content: unknown;
  cookie?: string;
}

/**
 * One answer for a call and its repeats: `Idempotency-Key` on every unsafe route, those added later too.
 * Stands behind the guards, so that no answer is given to whom the route would refuse.
 */
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly deps: Deps,
    private readonly secret: KeyObject,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const key = SAFE_METHODS.has(request.method) ? null : readIdempotencyKey(request);
    if (key === null) return next.handle();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const { answer, replayed } = await answerOnce(
      keyedCall(request, key),
      {
        perform: () => carryOut(next, reply),
        onUnrecorded: (err) => request.log.warn({ err }, 'what became of an idempotency key is not recorded'),
      },
      { db: this.deps.db, clock: this.deps.clock, secret: this.secret },
    );
    const { content, cookie } = answer.body as KeptAnswer;
    if (replayed) giveAgain(reply, { status: answer.status, cookie });
    return of(content);
  }
}

/** By its route and parameters, so that another spelling of the same address is the same call. */
function keyedCall(
  { principal, method, headers, routeOptions, params, query, body }: FastifyRequest,
  key: string,
): KeyedCall {
  return {
    caller: principal?.id ?? NOBODY,
    key,
    request: {
      method,
      route: routeOptions.url,
      params,
      query,
      body,
      cookie: principal === null ? refreshCookieIn(headers.cookie) : null,
    },
  };
}

async function carryOut(next: CallHandler, reply: FastifyReply): Promise<Answer> {
  const body: unknown = await lastValueFrom(next.handle(), { defaultValue: undefined });
  const cookie = reply.getHeader('set-cookie');
  const kept: KeptAnswer = { content: body, ...(cookie !== undefined && { cookie: String(cookie) }) };
  return { status: reply.statusCode, body: kept };
}

/** Headers other than the cookie the route sets again. */
function giveAgain(
  reply: FastifyReply,
  { status, cookie }: { status: number; cookie: string | undefined },
): void {
  void reply.status(status).header(REPLAYED_HEADER, 'true');
  if (cookie !== undefined) void reply.header('set-cookie', cookie);
}
