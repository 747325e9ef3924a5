import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import { askForReset } from '@slipway/core/accounts/ask-for-reset';
import { askForVerification } from '@slipway/core/accounts/ask-for-verification';
import { resetPassword } from '@slipway/core/accounts/reset-password';
import { verifyEmail } from '@slipway/core/accounts/verify-email';
import type { Deps } from '@slipway/core/shared/deps';
import type { Origin, Principal } from '@slipway/core/shared/principal';
import { Caller, CallOrigin, Needs, Public } from '../http/access';
import { blockOf } from '../http/address-block';
import { InjectDeps } from '../http/deps-token';
import { Fails } from '../http/fails';
import { GuessingLimit } from '../http/rate-limit';
import { LinkTokenBody, ResetPasswordBody } from './account-links.wire';
import { EmailBody } from './accounts.wire';

@ApiTags('auth')
@Controller('api/auth')
export class AccountLinksController {
  constructor(@InjectDeps() private readonly deps: Deps) {}

  @Public()
  @GuessingLimit()
  @HttpCode(202)
  @Post('password/forgot')
  @ApiAcceptedResponse({ description: 'A link is mailed, if there is an account with the address' })
  @Fails('invalid_request', 'rate_limited')
  forgot(@CallOrigin() origin: Origin, @Body() { email }: EmailBody): Promise<void> {
    return askForReset(origin, email, this.deps);
  }

  @Public()
  @GuessingLimit()
  @HttpCode(204)
  @Post('password/reset')
  @ApiNoContentResponse({ description: 'Every device is signed out' })
  @Fails('invalid_request', 'link_invalid', 'rate_limited')
  reset(@CallOrigin() origin: Origin, @Body() body: ResetPasswordBody): Promise<void> {
    const input = { token: body.token, newPassword: body.new_password, addressBlock: blockOf(origin) };
    return resetPassword(origin, input, this.deps);
  }

  @Public()
  @GuessingLimit()
  @HttpCode(204)
  @Post('email/verify')
  @ApiNoContentResponse()
  @Fails('invalid_request', 'link_invalid', 'rate_limited')
  verify(@CallOrigin() origin: Origin, @Body() { token }: LinkTokenBody): Promise<void> {
    return verifyEmail(origin, token, this.deps);
  }

  @Needs('account')
  @GuessingLimit()
  @HttpCode(202)
  @Post('email/verification')
  @ApiAcceptedResponse({ description: 'The link is mailed again, unless the address is proven' })
  @Fails('rate_limited')
  sendVerification(@Caller() principal: Principal): Promise<void> {
    return askForVerification(principal, this.deps);
  }
}
