import { applyDecorators, createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { ApiBearerAuth, ApiSecurity } from '@nestjs/swagger';
import { needsOf, type Right } from '@slipway/core/access/rights';
import { DomainError, type ErrorCode } from '@slipway/core/shared/errors';
import { type Origin, type Principal, visitor } from '@slipway/core/shared/principal';
import type { FastifyRequest } from 'fastify';
import { originOf } from './origin-of';
import { Fails } from './fails';

export const ACCESS = 'slipway:access';

/** Who may call a route: everybody, or whoever has a right. A route that says neither is refused to everyone. */
export type Access = 'public' | Right;

/** The name of the API keys' security scheme in openapi.json. */
export const API_KEY_SCHEME = 'api_key';

export const Public = () => SetMetadata(ACCESS, 'public' satisfies Access);

/** Each right can fail in the same ways on every route. */
function failuresOf(right: Right): ErrorCode[] {
  const { role, changes } = needsOf(right);
  if (right === 'admin') return ['unauthenticated', 'forbidden'];
  if (role === null) return ['unauthenticated'];
  return changes
    ? ['unauthenticated', 'forbidden', 'not_found', 'project_archived']
    : ['unauthenticated', 'forbidden', 'not_found'];
}

export const Needs = (right: Right) =>
  applyDecorators(
    SetMetadata(ACCESS, right satisfies Access),
    ApiBearerAuth(),
    ...(needsOf(right).scope === null ? [] : [ApiSecurity(API_KEY_SCHEME)]),
    Fails(...failuresOf(right)),
  );

const requestOf = (context: ExecutionContext) => context.switchToHttp().getRequest<FastifyRequest>();

/** The caller of a route that needs a right. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = requestOf(context);
  if (!principal) throw new DomainError('unauthenticated', 'This call needs a valid access token.');
  return principal;
});

/** The caller of a `Public` route, who may be somebody all the same. */
export const CallerOrVisitor = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const request = requestOf(context);
  return request.principal ?? visitor(originOf(request));
});

/** Where the caller of a `Public` route comes from. */
export const CallOrigin = createParamDecorator((_: unknown, context: ExecutionContext): Origin =>
  originOf(requestOf(context)),
);
