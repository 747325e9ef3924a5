import { type ArgumentsHost, Catch, type ExceptionFilter, Injectable } from '@nestjs/common';
import { recordDenials } from '@slipway/core/audit/record-denials';
import type { Deps } from '@slipway/core/shared/deps';
import type { DomainError } from '@slipway/core/shared/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { InjectDeps } from './deps-token';
import { statusOf, toProblem } from './problem';
import { toCallFailure } from './to-domain-error';

/** The one place where failures become answers, and denials of known callers go on record. */
@Injectable()
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@InjectDeps() private readonly deps: Deps) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const { error, status = statusOf(error.code) } = toCallFailure(thrown);
    // Without the query: it may hold what should be neither in a log nor in an answer.
    const instance = request.url.split('?', 1)[0] ?? '/';
    if (status >= 500) request.log.error({ err: thrown }, `${error.code} at ${request.method} ${instance}`);
    if (error.retryAfter !== undefined) void reply.header('retry-after', String(error.retryAfter));
    if (status === 401) void reply.header('www-authenticate', 'Bearer');
    void this.putOnRecord(error, request);
    void reply
      .status(status)
      .type('application/problem+json')
      .send(JSON.stringify(toProblem(error, { instance, requestId: request.id, status })));
  }

  /** Beside the answer, which says no in any case: what never was is refused as fast as what is another's. */
  private async putOnRecord(error: DomainError, request: FastifyRequest): Promise<void> {
    const { principal, method, routeOptions } = request;
    // A path that is no route of ours denies nobody anything.
    if (!principal || routeOptions.url === undefined) return;
    const attempt = { route: `${method} ${routeOptions.url}`, error, ...idsOf(request) };
    try {
      await recordDenials(principal, [attempt], this.deps);
    } catch (err) {
      request.log.error({ err }, 'a denial is not on record');
    }
  }
}

const textIn = (holder: unknown, name: string): string | undefined => {
  const value = (holder as Record<string, unknown> | null | undefined)?.[name];
  return typeof value === 'string' ? value : undefined;
};

/** What the call named, in its path, query or body. */
function idsOf({ params, query, body }: FastifyRequest) {
  const inPath = textIn(params, 'asset_id') ?? textIn(params, 'id');
  return {
    assetId: inPath?.startsWith('AST-') ? inPath : undefined,
    projectId: inPath?.startsWith('PRJ-')
      ? inPath
      : (textIn(query, 'project_id') ?? textIn(body, 'project_id')),
  };
}
