import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { openSigningContext } from '@slipway/core/assets/asset-urls';
import type { Deps } from '@slipway/core/shared/deps';
import type { Principal } from '@slipway/core/shared/principal';
import { listSharedWithMe } from '@slipway/core/sharing/list-shared-with-me';
import { listShares } from '@slipway/core/sharing/list-shares';
import { revokeShare } from '@slipway/core/sharing/revoke-share';
import { shareByLink, shareToPerson } from '@slipway/core/sharing/share-asset';
import { Caller, Needs } from '../http/access';
import { InjectDeps } from '../http/deps-token';
import { Fails } from '../http/fails';
import { PageQuery } from '../http/page-query';
import {
  CreatedShareResponse,
  CreateShareBody,
  ShareListResponse,
  SharedAssetListResponse,
  toCreatedShareResponse,
  toSharedAssetListResponse,
  toShareListResponse,
} from './shares.wire';

@ApiTags('shares')
@Controller('api')
export class SharesController {
  constructor(@InjectDeps() private readonly deps: Deps) {}

  @Needs('shares.manage')
  @Get('assets/:id/shares')
  @ApiOkResponse({ type: ShareListResponse })
  @Fails('invalid_request', 'not_found')
  async list(
    @Caller() principal: Principal,
    @Param('id') assetId: string,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<ShareListResponse> {
    return toShareListResponse(await listShares(principal, { assetId, limit, cursor }, this.deps));
  }

  @Needs('shares.manage')
  @Post('assets/:id/shares')
  @ApiCreatedResponse({
    type: CreatedShareResponse,
    description: 'A share to an address that has one already renews that',
  })
  @Fails('invalid_request', 'not_found')
  async create(
    @Caller() principal: Principal,
    @Param('id') assetId: string,
    @Body() body: CreateShareBody,
  ): Promise<CreatedShareResponse> {
    const { publicUrl } = this.deps.settings;
    const sharing = { assetId, expiresAt: body.expires_at ?? null };
    if (body.kind === 'user') {
      const share = await shareToPerson(principal, { ...sharing, email: body.email ?? '' }, this.deps);
      return toCreatedShareResponse(share, null, publicUrl);
    }
    const limits = { password: body.password ?? null, maxDownloads: body.max_downloads ?? null };
    const { share, token } = await shareByLink(principal, { ...sharing, ...limits }, this.deps);
    return toCreatedShareResponse(share, token, publicUrl);
  }

  @Needs('shares.manage')
  @HttpCode(204)
  @Delete('assets/:id/shares/:share_id')
  @ApiNoContentResponse({ description: 'URLs that it has given out live to their end, five minutes at most' })
  @Fails('not_found')
  revoke(
    @Caller() principal: Principal,
    @Param('id') assetId: string,
    @Param('share_id') shareId: string,
  ): Promise<void> {
    return revokeShare(principal, { assetId, shareId }, this.deps);
  }

  @Needs('assets.read')
  @Get('me/shared')
  @ApiOkResponse({ type: SharedAssetListResponse })
  @Fails('invalid_request')
  async sharedWithMe(
    @Caller() principal: Principal,
    @Query() query: PageQuery,
  ): Promise<SharedAssetListResponse> {
    const page = await listSharedWithMe(principal, query, this.deps);
    return toSharedAssetListResponse(page, await openSigningContext(principal, this.deps));
  }
}
