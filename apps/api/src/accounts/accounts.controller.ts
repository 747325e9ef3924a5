import { Body, Controller, Get, HttpCode, Patch, Post, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { changePassword } from '@slipway/core/accounts/change-password';
import { findMe } from '@slipway/core/accounts/find-user';
import { logIn } from '@slipway/core/accounts/log-in';
import { renameAccount } from '@slipway/core/accounts/rename-account';
import { signUpHere } from '@slipway/core/accounts/sign-up-here';
import type { Deps } from '@slipway/core/shared/deps';
import type { Origin, Principal } from '@slipway/core/shared/principal';
import type { FastifyReply } from 'fastify';
import { Caller, CallOrigin, Needs, Public } from '../http/access';
import { blockOf } from '../http/address-block';
import { InjectDeps, InjectSessionDoor } from '../http/deps-token';
import { Fails } from '../http/fails';
import { GuessingLimit } from '../http/rate-limit';
import {
  ChangePasswordBody,
  LogInBody,
  RenameBody,
  SessionResponse,
  SignUpBody,
  toUserResponse,
  UserResponse,
} from './accounts.wire';
import { ForOwnPages } from './own-pages.guard';
import type { SessionDoor } from './session-door';

@ApiTags('auth')
@Controller('api/auth')
export class AccountsController {
  constructor(
    @InjectDeps() private readonly deps: Deps,
    @InjectSessionDoor() private readonly door: SessionDoor,
  ) {}

  @Public()
  @GuessingLimit()
  @ForOwnPages()
  @Post('signup')
  @ApiCreatedResponse({ type: SessionResponse })
  @ApiAcceptedResponse({ description: 'Addresses are proven here first: see the mail, whoever you are' })
  @Fails('invalid_request', 'email_taken', 'rate_limited')
  async signUp(
    @CallOrigin() origin: Origin,
    @Body() body: SignUpBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionResponse | undefined> {
    const signedIn = await signUpHere(origin, body, this.deps);
    if (signedIn) return this.door.letIn(reply, signedIn);
    void reply.status(202);
    return undefined;
  }

  @Public()
  @GuessingLimit()
  @ForOwnPages()
  @HttpCode(200)
  @Post('login')
  @ApiOkResponse({ type: SessionResponse })
  @Fails('invalid_request', 'invalid_credentials', 'account_suspended', 'too_many_attempts', 'rate_limited')
  async logIn(
    @CallOrigin() origin: Origin,
    @Body() body: LogInBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionResponse> {
    const input = { email: body.email, password: body.password, addressBlock: blockOf(origin) };
    return this.door.letIn(reply, await logIn(origin, input, this.deps));
  }

  @Needs('account')
  @GuessingLimit()
  @ForOwnPages()
  @HttpCode(200)
  @Post('password')
  @ApiOkResponse({ type: SessionResponse, description: 'Of this device; every other one is signed out' })
  @Fails('unauthenticated', 'invalid_request', 'invalid_credentials', 'too_many_attempts', 'rate_limited')
  async changePassword(
    @Caller() principal: Principal,
    @Body() body: ChangePasswordBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionResponse> {
    const input = {
      currentPassword: body.current_password,
      newPassword: body.new_password,
      addressBlock: blockOf(principal),
    };
    return this.door.letIn(reply, await changePassword(principal, input, this.deps));
  }

  @Needs('account')
  @Get('me')
  @ApiOkResponse({ type: UserResponse })
  async me(@Caller() principal: Principal): Promise<UserResponse> {
    return toUserResponse(await findMe(principal, this.deps));
  }

  @Needs('account')
  @Patch('me')
  @ApiOkResponse({ type: UserResponse })
  @Fails('invalid_request')
  async rename(@Caller() principal: Principal, @Body() { name }: RenameBody): Promise<UserResponse> {
    return toUserResponse(await renameAccount(principal, name, this.deps));
  }
}
