import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { askForRotation } from '@slipway/core/assets/ask-for-rotation';
import { assetUrls, openSigningContext } from '@slipway/core/assets/asset-urls';
import { deleteAsset } from '@slipway/core/assets/delete-asset';
import { grantAccess } from '@slipway/core/assets/grant-access';
import { grantAccessToMany } from '@slipway/core/assets/grant-access-to-many';
import { listAssets } from '@slipway/core/assets/list-assets';
import { updateAsset } from '@slipway/core/assets/update-asset';
import { requireVisible } from '@slipway/core/assets/require-asset';
import { listRenditions } from '@slipway/core/renditions/list-renditions';
import type { Deps } from '@slipway/core/shared/deps';
import type { Principal } from '@slipway/core/shared/principal';
import { Caller, Needs } from '../http/access';
import { InjectDeps } from '../http/deps-token';
import { Fails } from '../http/fails';
import {
  AccessUrlBody,
  AccessUrlResponse,
  AssetListResponse,
  AssetResponse,
  AssetsQuery,
  toAccessUrlResponse,
  toAssetChange,
  toAssetResponse,
  UpdateAssetBody,
} from './assets.wire';
import { AccessUrlsBody, AccessUrlsResponse, toAccessUrlsResponse } from './access-urls.wire';
import { RenditionListResponse, toRenditionListResponse } from './renditions.wire';

@ApiTags('assets')
@Controller('api/assets')
export class AssetsController {
  constructor(@InjectDeps() private readonly deps: Deps) {}

  @Needs('assets.read')
  @Get()
  @ApiOkResponse({ type: AssetListResponse })
  @Fails('invalid_request', 'not_found')
  async list(@Caller() principal: Principal, @Query() query: AssetsQuery): Promise<AssetListResponse> {
    const { project_id: projectId, limit, cursor } = query;
    const page = await listAssets(principal, { projectId, limit, cursor }, this.deps);
    const context = await openSigningContext(principal, this.deps);
    return {
      data: page.rows.map((asset) => toAssetResponse(asset, assetUrls(asset, context))),
      next_cursor: page.nextCursor,
    };
  }

  @Needs('assets.read')
  @Get(':id')
  @ApiOkResponse({ type: AssetResponse })
  @Fails('not_found')
  async get(@Caller() principal: Principal, @Param('id') id: string): Promise<AssetResponse> {
    const asset = await requireVisible(principal, { id }, this.deps);
    return toAssetResponse(asset, assetUrls(asset, await openSigningContext(principal, this.deps)));
  }

  @Needs('assets.read')
  @Get(':id/renditions')
  @ApiOkResponse({ type: RenditionListResponse })
  @Fails('not_found')
  async renditions(@Caller() principal: Principal, @Param('id') id: string): Promise<RenditionListResponse> {
    return toRenditionListResponse(await listRenditions(principal, id, this.deps));
  }

  @Needs('assets.read')
  @HttpCode(200)
  @Post(':id/access-url')
  @ApiOkResponse({ type: AccessUrlResponse })
  @Fails('invalid_request', 'not_found', 'asset_withheld')
  async accessUrl(
    @Caller() principal: Principal,
    @Param('id') id: string,
    @Body() body: AccessUrlBody,
  ): Promise<AccessUrlResponse> {
    const { purpose, expires_in: expiresIn } = body;
    return toAccessUrlResponse(await grantAccess(principal, { assetId: id, purpose, expiresIn }, this.deps));
  }

  @Needs('assets.read')
  @HttpCode(200)
  @Post('access-urls')
  @ApiOkResponse({ type: AccessUrlsResponse, description: 'A result an id, in their order' })
  @Fails('invalid_request')
  async accessUrls(
    @Caller() principal: Principal,
    @Body() { ids, purpose, rendition }: AccessUrlsBody,
  ): Promise<AccessUrlsResponse> {
    const grant = { assetIds: ids, as: rendition ?? purpose };
    return toAccessUrlsResponse(ids, await grantAccessToMany(principal, grant, this.deps));
  }

  @Needs('assets.write')
  @Patch(':id')
  @ApiOkResponse({ type: AssetResponse })
  @Fails('invalid_request', 'not_found')
  async update(
    @Caller() principal: Principal,
    @Param('id') id: string,
    @Body() body: UpdateAssetBody,
  ): Promise<AssetResponse> {
    await updateAsset(principal, { assetId: id, change: toAssetChange(body) }, this.deps);
    return this.get(principal, id);
  }

  @Needs('assets.write')
  @HttpCode(202)
  @Post(':id/rotate')
  @ApiAcceptedResponse({
    description: 'The objects move to new keys; URLs given out until then open nothing',
  })
  @Fails('not_found', 'asset_busy')
  async rotate(@Caller() principal: Principal, @Param('id') id: string): Promise<void> {
    await askForRotation(principal, id, this.deps);
  }

  @Needs('assets.write')
  @HttpCode(204)
  @Delete(':id')
  @ApiNoContentResponse()
  @Fails('not_found')
  async delete(@Caller() principal: Principal, @Param('id') id: string): Promise<void> {
    await deleteAsset(principal, id, this.deps);
  }
}
