import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { findMe } from '@slipway/core/accounts/find-user';
import { logIn } from '@slipway/core/accounts/log-in';
import { signUp } from '@slipway/core/accounts/sign-up';
import type { Deps } from '@slipway/core/shared/deps';
import type { Origin, Principal } from '@slipway/core/shared/principal';
import { Caller, CallOrigin, Needs, Public } from '../http/access';
import type { AccessTokens } from '../http/access-tokens';
import { InjectAccessTokens, InjectDeps } from '../http/deps-token';
import { Fails } from '../http/fails';
import { GuessingLimit } from '../http/rate-limit';
import {
  LogInBody,
  SessionResponse,
  SignUpBody,
  toSessionResponse,
  toUserResponse,
  UserResponse,
} from './accounts.wire';

@ApiTags('auth')
@Controller('api/auth')
export class AccountsController {
  constructor(
    @InjectDeps() private readonly deps: Deps,
    @InjectAccessTokens() private readonly accessTokens: AccessTokens,
  ) {}

  @Public()
  @GuessingLimit()
  @Post('signup')
  @ApiCreatedResponse({ type: SessionResponse })
  @Fails('invalid_request', 'email_taken', 'rate_limited')
  async signUp(@CallOrigin() origin: Origin, @Body() body: SignUpBody): Promise<SessionResponse> {
    const user = await signUp(origin, body, this.deps);
    return toSessionResponse(user, await this.accessTokens.issue(user.id));
  }

  @Public()
  @GuessingLimit()
  @HttpCode(200)
  @Post('login')
  @ApiOkResponse({ type: SessionResponse })
  @Fails('invalid_request', 'invalid_credentials', 'rate_limited')
  async logIn(@Body() body: LogInBody): Promise<SessionResponse> {
    const user = await logIn(body, this.deps);
    return toSessionResponse(user, await this.accessTokens.issue(user.id));
  }

  @Needs('account')
  @Get('me')
  @ApiOkResponse({ type: UserResponse })
  async me(@Caller() principal: Principal): Promise<UserResponse> {
    return toUserResponse(await findMe(principal, this.deps));
  }
}
