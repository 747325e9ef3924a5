import { applyDecorators, type CanActivate, type ExecutionContext, UseGuards } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { InjectSessionDoor } from '../http/deps-token';
import { Fails } from '../http/fails';
import type { SessionDoor } from './session-door';

/** Stands before each route that sets or reads the refresh cookie: only own pages may call it. */
class OwnPagesGuard implements CanActivate {
  constructor(@InjectSessionDoor() private readonly door: SessionDoor) {}

  canActivate(context: ExecutionContext): boolean {
    this.door.assertOwn(context.switchToHttp().getRequest<FastifyRequest>());
    return true;
  }
}

export const ForOwnPages = () => applyDecorators(UseGuards(OwnPagesGuard), Fails('origin_refused'));
