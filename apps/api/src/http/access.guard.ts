import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { needsOf, type Right } from '@slipway/core/access/rights';
import { DomainError } from '@slipway/core/shared/errors';
import type { Principal } from '@slipway/core/shared/principal';
import type { FastifyRequest } from 'fastify';
import { ACCESS, type Access } from './access';

/** Denies by default: a route lets nobody in until it declares whom. What a role allows, use cases ask for themselves. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (access === 'public') return true;
    if (access === undefined) throw new DomainError('forbidden', 'This route is open to nobody.');
    const { principal } = context.switchToHttp().getRequest<FastifyRequest>();
    if (!principal) throw new DomainError('unauthenticated', 'This call needs a valid access token.');
    assertMayAsk(principal, access);
    return true;
  }
}

function assertMayAsk({ account, key }: Principal, right: Right): void {
  const { scope } = needsOf(right);
  if (key !== null && (scope === null || !key.scopes.includes(scope))) {
    throw new DomainError(
      'forbidden',
      scope === null ? 'No API key may do that.' : `This API key lacks the scope ${scope}.`,
    );
  }
  if (right === 'admin' && account?.role !== 'admin') {
    throw new DomainError('forbidden', 'Only an administrator may do that.');
  }
  if (right !== 'account' && account?.emailTrusted === false) {
    throw new DomainError('email_unverified', 'Confirm your e-mail address first: a link was mailed to it.');
  }
}
