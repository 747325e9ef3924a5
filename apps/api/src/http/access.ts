import { applyDecorators, createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { ApiBearerAuth } from '@nestjs/swagger';
import type { Visitor } from '@slipway/core/accounts/sign-up';
import { DomainError } from '@slipway/core/shared/errors';
import type { Principal } from '@slipway/core/shared/principal';
import type { FastifyRequest } from 'fastify';
import { originOf } from './authenticate';
import { Fails } from './fails';

export const ACCESS = 'slipway:access';

/** Who may call a route. A route that says neither is refused to everyone. */
export type Access = 'public' | 'signed-in';

export const Public = () => SetMetadata(ACCESS, 'public' satisfies Access);

export const SignedIn = () =>
  applyDecorators(
    SetMetadata(ACCESS, 'signed-in' satisfies Access),
    ApiBearerAuth(),
    Fails('unauthenticated'),
  );

const requestOf = (context: ExecutionContext) => context.switchToHttp().getRequest<FastifyRequest>();

/** The caller of a `SignedIn` route. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = requestOf(context);
  if (!principal) throw new DomainError('unauthenticated', 'This call needs a valid access token.');
  return principal;
});

/** Where the caller of a `Public` route comes from. */
export const Origin = createParamDecorator((_: unknown, context: ExecutionContext): Visitor =>
  originOf(requestOf(context)),
);
