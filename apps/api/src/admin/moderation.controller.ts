import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { moderationQueue } from '@slipway/core/admin/moderation-queue';
import { moderateAsset, reviewAsset } from '@slipway/core/admin/review-asset';
import { assetUrls, openSigningContext } from '@slipway/core/assets/asset-urls';
import { requireVisible } from '@slipway/core/assets/require-asset';
import type { Deps } from '@slipway/core/shared/deps';
import type { Principal } from '@slipway/core/shared/principal';
import { AssetResponse, toAssetResponse } from '../assets/assets.wire';
import { Caller, Needs } from '../http/access';
import { InjectDeps } from '../http/deps-token';
import { Fails } from '../http/fails';
import { PageQuery } from '../http/page-query';
import { ModerationListResponse, ReviewBody, toModerationListResponse, toReview } from './moderation.wire';

@Controller('api')
export class ModerationController {
  constructor(@InjectDeps() private readonly deps: Deps) {}

  @ApiTags('admin')
  @Needs('admin')
  @Get('admin/moderation')
  @ApiOkResponse({ type: ModerationListResponse })
  @Fails('invalid_request')
  async list(
    @Caller() principal: Principal,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<ModerationListResponse> {
    return toModerationListResponse(await moderationQueue(principal, { limit, cursor }, this.deps));
  }

  @ApiTags('admin')
  @Needs('admin')
  @HttpCode(204)
  @Post('admin/moderation/:asset_id')
  @ApiNoContentResponse({ description: 'Decided; the asset is the project’s business again' })
  @Fails('invalid_request', 'not_found', 'project_archived')
  async moderate(
    @Caller() principal: Principal,
    @Param('asset_id') assetId: string,
    @Body() body: ReviewBody,
  ): Promise<void> {
    await moderateAsset(principal, { assetId, review: toReview(body) }, this.deps);
  }

  @ApiTags('assets')
  @Needs('project.manage')
  @HttpCode(200)
  @Post('assets/:id/review')
  @ApiOkResponse({ type: AssetResponse })
  @Fails('invalid_request', 'asset_busy')
  async review(
    @Caller() principal: Principal,
    @Param('id') assetId: string,
    @Body() body: ReviewBody,
  ): Promise<AssetResponse> {
    await reviewAsset(principal, { assetId, review: toReview(body) }, this.deps);
    const asset = await requireVisible(principal, { id: assetId }, this.deps);
    return toAssetResponse(asset, assetUrls(asset, await openSigningContext(principal, this.deps)));
  }
}
