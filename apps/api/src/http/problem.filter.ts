import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { statusOf, toProblem } from './problem';
import { toCallFailure } from './to-domain-error';

/** The one place where failures become answers. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const { error, status = statusOf(error.code) } = toCallFailure(thrown);
    // Without the query: it may hold what should be neither in a log nor in an answer.
    const instance = request.url.split('?', 1)[0] ?? '/';
    if (status >= 500) request.log.error({ err: thrown }, `${error.code} at ${request.method} ${instance}`);
    if (error.retryAfter !== undefined) void reply.header('retry-after', String(error.retryAfter));
    if (status === 401) void reply.header('www-authenticate', 'Bearer');
    void reply
      .status(status)
      .type('application/problem+json')
      .send(JSON.stringify(toProblem(error, { instance, requestId: request.id, status })));
  }
}
