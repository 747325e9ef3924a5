import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Deps } from '@slipway/core/shared/deps';
import type { Origin } from '@slipway/core/shared/principal';
import { downloadByLink } from '@slipway/core/sharing/download-by-link';
import { lookAtLink, openLink } from '@slipway/core/sharing/open-link';
import { CallOrigin, Public } from '../http/access';
import { addressBlock } from '../http/address-block';
import { InjectDeps } from '../http/deps-token';
import { Fails } from '../http/fails';
import { GuessingLimit } from '../http/rate-limit';
import {
  LinkDownloadBody,
  LinkDownloadResponse,
  OpenLinkBody,
  SharedFileResponse,
  toLinkDownloadResponse,
  toSharedFileResponse,
} from './links.wire';

/** What whoever has a link can do with it, without an account. */
@ApiTags('shares')
@Public()
@Controller('api/s/:token')
export class LinksController {
  constructor(@InjectDeps() private readonly deps: Deps) {}

  @Get()
  @ApiOkResponse({ type: SharedFileResponse })
  @Fails('not_found', 'share_expired', 'share_exhausted')
  async get(@CallOrigin() origin: Origin, @Param('token') token: string): Promise<SharedFileResponse> {
    return toSharedFileResponse(await lookAtLink(origin, { token }, this.deps));
  }

  @GuessingLimit()
  @HttpCode(200)
  @Post('open')
  @ApiOkResponse({
    type: SharedFileResponse,
    description: 'What `GET` tells, with the password; no download',
  })
  @Fails(
    'invalid_request',
    'password_required',
    'wrong_password',
    'too_many_attempts',
    'not_found',
    'share_expired',
    'share_exhausted',
  )
  async open(
    @CallOrigin() origin: Origin,
    @Param('token') token: string,
    @Body() { password = null }: OpenLinkBody,
  ): Promise<SharedFileResponse> {
    const shown = { token, password, addressBlock: addressBlock(origin.ip ?? '') };
    return toSharedFileResponse(await openLink(origin, shown, this.deps));
  }

  @GuessingLimit()
  @HttpCode(200)
  @Post('download')
  @ApiOkResponse({ type: LinkDownloadResponse, description: 'The URL lives for five minutes' })
  @Fails(
    'invalid_request',
    'password_required',
    'wrong_password',
    'too_many_attempts',
    'not_found',
    'share_expired',
    'share_exhausted',
  )
  async download(
    @CallOrigin() origin: Origin,
    @Param('token') token: string,
    @Body() { password = null, purpose }: LinkDownloadBody,
  ): Promise<LinkDownloadResponse> {
    const shown = { token, password, purpose, addressBlock: addressBlock(origin.ip ?? '') };
    return toLinkDownloadResponse(await downloadByLink(origin, shown, this.deps));
  }
}
