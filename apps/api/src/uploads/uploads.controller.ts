import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { decideAccess } from '@slipway/core/access/decide-access';
import { assetUrls, openSigningContext } from '@slipway/core/assets/asset-urls';
import { waitWhileProcessing } from '@slipway/core/assets/wait-while-processing';
import type { Deps } from '@slipway/core/shared/deps';
import type { Principal } from '@slipway/core/shared/principal';
import { beginUpload, beginUploads } from '@slipway/core/uploads/begin-uploads';
import { cancelUpload } from '@slipway/core/uploads/cancel-upload';
import { completeUpload } from '@slipway/core/uploads/complete-upload';
import { readUpload } from '@slipway/core/uploads/read-upload';
import { signParts } from '@slipway/core/uploads/sign-parts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AssetResponse, toAssetResponse } from '../assets/assets.wire';
import { Caller, Needs } from '../http/access';
import { InjectDeps } from '../http/deps-token';
import { Fails } from '../http/fails';
import { IdempotencyKey } from '../http/idempotency-key';
import { preferredWaitSeconds } from '../http/prefer';
import { UploadRate } from '../http/rate-limit';
import {
  SignedPartsResponse,
  SignPartsBody,
  toAnnouncedPart,
  toSignedPartsResponse,
  toUploadResponse,
  UploadResponse,
} from './upload-parts.wire';
import {
  toBeginUploadInputs,
  toUploadUrlsResponse,
  UploadUrlsBody,
  UploadUrlsResponse,
} from './upload-urls.wire';
import {
  CompleteUploadBody,
  toBeginUploadInput,
  toCompleteUploadInput,
  toUploadUrlResponse,
  UploadUrlBody,
  UploadUrlResponse,
} from './uploads.wire';

@ApiTags('uploads')
@Needs('assets.write')
@Controller('api')
export class UploadsController {
  constructor(@InjectDeps() private readonly deps: Deps) {}

  @HttpCode(200)
  @UploadRate()
  @Post('assets/upload-url')
  @ApiOkResponse({ type: UploadUrlResponse })
  @Fails('invalid_request', 'not_found', 'file_too_large', 'quota_exceeded', 'idempotency_key_reused')
  async begin(
    @Caller() principal: Principal,
    @Body() body: UploadUrlBody,
    @IdempotencyKey() key: string | null,
  ): Promise<UploadUrlResponse> {
    return toUploadUrlResponse(await beginUpload(principal, toBeginUploadInput(body, key), this.deps));
  }

  @HttpCode(200)
  @UploadRate()
  @Post('assets/upload-urls')
  @ApiOkResponse({ type: UploadUrlsResponse, description: 'One transaction, a result a file' })
  @Fails('invalid_request', 'idempotency_key_reused')
  async beginMany(
    @Caller() principal: Principal,
    @Body() body: UploadUrlsBody,
    @IdempotencyKey() key: string | null,
    @Req() request: FastifyRequest,
  ): Promise<UploadUrlsResponse> {
    const outcomes = await beginUploads(principal, toBeginUploadInputs(body, key), this.deps);
    return toUploadUrlsResponse(outcomes, { instance: request.url, requestId: request.id });
  }

  @HttpCode(200)
  @UploadRate()
  @Post('uploads/:asset_id/parts')
  @ApiOkResponse({ type: SignedPartsResponse })
  @Fails('invalid_request', 'not_found', 'upload_completed', 'upload_expired', 'upload_cancelled')
  @Fails('size_mismatch', 'type_mismatch', 'checksum_mismatch', 'content_mismatch', 'storage_unavailable')
  async signParts(
    @Caller() principal: Principal,
    @Param('asset_id') assetId: string,
    @Body() body: SignPartsBody,
  ): Promise<SignedPartsResponse> {
    const parts = body.parts.map(toAnnouncedPart);
    const signed = await signParts(principal, { assetId, parts }, this.deps);
    return toSignedPartsResponse(signed, this.deps.clock.now());
  }

  @UploadRate()
  @Get('uploads/:asset_id')
  @ApiOkResponse({ type: UploadResponse })
  @Fails('not_found', 'storage_unavailable')
  async read(@Caller() principal: Principal, @Param('asset_id') assetId: string): Promise<UploadResponse> {
    return toUploadResponse(await readUpload(principal, assetId, this.deps), this.deps.clock.now());
  }

  @UploadRate()
  @Post('assets')
  @ApiHeader({
    name: 'Prefer',
    required: false,
    description: '`wait=5` waits up to 5 s for the thumbnail (RFC 7240)',
  })
  @ApiCreatedResponse({ type: AssetResponse, description: 'The asset, made by this call' })
  @ApiOkResponse({ type: AssetResponse, description: 'The asset, made by an earlier call' })
  @Fails(
    'invalid_request',
    'not_found',
    'object_missing',
    'upload_busy',
    'upload_expired',
    'upload_cancelled',
  )
  @Fails('size_mismatch', 'type_mismatch', 'checksum_mismatch', 'content_mismatch', 'storage_unavailable')
  async complete(
    @Caller() principal: Principal,
    @Body() body: CompleteUploadBody,
    @Headers('prefer') prefer: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AssetResponse> {
    const { asset, created, project } = await completeUpload(
      principal,
      toCompleteUploadInput(body),
      this.deps,
    );
    reply.status(created ? 201 : 200);
    const settled = await waitWhileProcessing(asset, preferredWaitSeconds(prefer), this.deps);
    const context = await openSigningContext(principal, this.deps);
    const decision = decideAccess(principal, { asset: settled, project, shares: [] }, context.now);
    const visible = { asset: settled, decision };
    return toAssetResponse(visible, assetUrls(visible, context));
  }

  @HttpCode(204)
  @UploadRate()
  @Delete('uploads/:asset_id')
  @ApiNoContentResponse({ description: 'Given up, or ended before' })
  @Fails('not_found', 'upload_busy')
  async cancel(@Caller() principal: Principal, @Param('asset_id') assetId: string): Promise<void> {
    await cancelUpload(principal, assetId, this.deps);
  }
}
