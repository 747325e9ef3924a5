import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { DomainError } from '@slipway/core/shared/errors';
import type { FastifyRequest } from 'fastify';
import { ACCESS, type Access } from './access';

/** Denies by default: a route lets nobody in until it declares whom. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (access === 'public') return true;
    if (access !== 'signed-in') throw new DomainError('forbidden', 'This route is open to nobody.');
    const { principal } = context.switchToHttp().getRequest<FastifyRequest>();
    if (!principal) throw new DomainError('unauthenticated', 'This call needs a valid access token.');
    return true;
  }
}
