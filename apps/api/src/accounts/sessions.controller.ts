import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { endSession } from '@slipway/core/accounts/end-session';
import { listSessions } from '@slipway/core/accounts/list-sessions';
import { logOut } from '@slipway/core/accounts/log-out';
import { refreshSession } from '@slipway/core/accounts/refresh-session';
import type { Deps } from '@slipway/core/shared/deps';
import { DomainError } from '@slipway/core/shared/errors';
import type { Origin, Principal } from '@slipway/core/shared/principal';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Caller, CallOrigin, Needs, Public } from '../http/access';
import { InjectDeps, InjectSessionDoor } from '../http/deps-token';
import { Fails } from '../http/fails';
import { SessionResponse } from './accounts.wire';
import { ForOwnPages } from './own-pages.guard';
import type { SessionDoor } from './session-door';
import { DeviceSessionListResponse, LogOutBody, toDeviceSessionResponse } from './sessions.wire';

@ApiTags('auth')
@Controller('api/auth')
export class SessionsController {
  constructor(
    @InjectDeps() private readonly deps: Deps,
    @InjectSessionDoor() private readonly door: SessionDoor,
  ) {}

  @Public()
  @ForOwnPages()
  @HttpCode(200)
  @Post('refresh')
  @ApiOkResponse({ type: SessionResponse, description: 'By the refresh cookie, which is changed' })
  @Fails('invalid_request', 'unauthenticated', 'refresh_reused', 'rate_limited')
  async refresh(
    @CallOrigin() origin: Origin,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionResponse> {
    const token = this.door.refreshTokenOf(request);
    if (token === null) throw new DomainError('unauthenticated', 'Sign in again.');
    try {
      return await this.door.letIn(reply, await refreshSession(origin, token, this.deps));
    } catch (error) {
      // What is refused is refused for good; what failed on our side is not.
      if (error instanceof DomainError) this.door.letOut(reply);
      throw error;
    }
  }

  @Public()
  @ForOwnPages()
  @HttpCode(204)
  @Post('logout')
  @ApiNoContentResponse()
  @Fails('invalid_request', 'rate_limited')
  async logOut(
    @CallOrigin() origin: Origin,
    @Body() { everywhere = false }: LogOutBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await logOut(origin, { refreshToken: this.door.refreshTokenOf(request), everywhere }, this.deps);
    this.door.letOut(reply);
  }

  @Needs('account')
  @Get('sessions')
  @ApiOkResponse({ type: DeviceSessionListResponse })
  async list(
    @Caller() principal: Principal,
    @Req() { sessionId }: FastifyRequest,
  ): Promise<DeviceSessionListResponse> {
    const sessions = await listSessions(principal, this.deps);
    return { data: sessions.map((session) => toDeviceSessionResponse(session, sessionId)) };
  }

  @Needs('account')
  @HttpCode(204)
  @Delete('sessions/:id')
  @ApiNoContentResponse()
  @Fails('not_found')
  end(@Caller() principal: Principal, @Param('id') id: string): Promise<void> {
    return endSession(principal, id, this.deps);
  }
}
