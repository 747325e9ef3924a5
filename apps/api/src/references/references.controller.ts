import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { signReference, signReferences } from '@slipway/core/references/sign-references';
import type { Deps } from '@slipway/core/shared/deps';
import type { Principal } from '@slipway/core/shared/principal';
import { AccessUrlResponse, toAccessUrlResponse } from '../assets/assets.wire';
import { Caller, Needs } from '../http/access';
import { InjectDeps } from '../http/deps-token';
import { Fails } from '../http/fails';
import { SignedUrlQuery, SignedUrlsBody, SignedUrlsResponse, toSignedUrlsResponse } from './references.wire';

@ApiTags('references')
@Needs('assets.read')
@Controller('api/private')
export class ReferencesController {
  constructor(@InjectDeps() private readonly deps: Deps) {}

  @Get(':ref/signed-url')
  @ApiParam({
    name: 'ref',
    description: 'What follows `private://`, or an old address that was imported, percent-encoded',
  })
  @ApiOkResponse({ type: AccessUrlResponse })
  @Fails('invalid_request', 'not_found', 'asset_withheld', 'object_missing')
  async signOne(
    @Caller() principal: Principal,
    @Param('ref') reference: string,
    @Query() { purpose, rendition }: SignedUrlQuery,
  ): Promise<AccessUrlResponse> {
    const signed = await signReference(principal, { reference, as: rendition ?? purpose }, this.deps);
    return toAccessUrlResponse(signed);
  }

  @HttpCode(200)
  @Post('signed-urls')
  @ApiOkResponse({ type: SignedUrlsResponse })
  @Fails('invalid_request')
  async signMany(
    @Caller() principal: Principal,
    @Body() { refs, purpose, rendition }: SignedUrlsBody,
  ): Promise<SignedUrlsResponse> {
    const asked = { references: refs, as: rendition ?? purpose };
    return toSignedUrlsResponse(refs, await signReferences(principal, asked, this.deps));
  }
}
