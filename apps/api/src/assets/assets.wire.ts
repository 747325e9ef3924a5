import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Asset, AssetStatus } from '@slipway/core/assets/asset.entity';
import type { AssetUrls, UrlPurpose } from '@slipway/core/assets/asset-urls';
import type { SignedUrl } from '@slipway/platform/object-store/url-signer';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { PageQuery } from '../http/page-query';

export class AssetResponse {
  @ApiProperty({ example: 'AST-01K9ZD2J6H9CF0QW5T1R4V7XYZ' })
  id: string;

  @ApiProperty()
  project_id: string;

  @ApiProperty()
  name: string;

  @ApiProperty({ enum: ['Processing', 'In Review', 'Published'] })
  status: AssetStatus;

  @ApiProperty()
  file_name: string;

  @ApiProperty()
  file_key: string;

  @ApiProperty({ description: 'Bytes' })
  file_size: number;

  @ApiProperty()
  content_type: string;

  @ApiProperty({ type: String, nullable: true, description: 'Base64' })
  checksum_sha256: string | null;

  @ApiProperty({ type: Number, nullable: true, description: 'Pixels, as seen' })
  width: number | null;

  @ApiProperty({ type: Number, nullable: true, description: 'Pixels, as seen' })
  height: number | null;

  @ApiProperty({ description: 'Unsigned: names the object, opens nothing' })
  storage_url: string;

  @ApiProperty({ description: 'Signed' })
  access_url: string;

  @ApiProperty({ type: String, nullable: true, description: 'Signed; null until there is one' })
  thumbnail_url: string | null;

  @ApiProperty({ description: 'Signed; the image is there when the asset leaves `Processing`' })
  qr_code_url: string;

  @ApiProperty({ format: 'date-time' })
  url_expires_at: string;

  @ApiProperty()
  created_by: string;

  @ApiProperty({ format: 'date-time' })
  created_at: string;

  @ApiProperty({ format: 'date-time' })
  updated_at: string;
}

export class AssetListResponse {
  @ApiProperty({ type: [AssetResponse] })
  data: AssetResponse[];

  @ApiProperty({ type: String, nullable: true })
  next_cursor: string | null;
}

export class AssetsQuery extends PageQuery {
  @ApiProperty()
  @IsString()
  @MaxLength(100)
  project_id: string;
}

const WEEK_SECONDS = 7 * 24 * 60 * 60;
/** S3 takes seven days at most; the URL's caching window comes on top of the promised life. */
const MAX_URL_LIFE = WEEK_SECONDS - 60 * 60;

export class AccessUrlBody {
  @ApiProperty({ enum: ['view', 'download'], default: 'view' })
  @IsIn(['view', 'download'])
  purpose: UrlPurpose = 'view';

  @ApiPropertyOptional({ description: 'Seconds', minimum: 60, maximum: MAX_URL_LIFE, default: 3600 })
  @IsOptional()
  @IsInt()
  @Min(60)
  @Max(MAX_URL_LIFE)
  expires_in?: number;
}

export class AccessUrlResponse {
  @ApiProperty()
  url: string;

  @ApiProperty({ format: 'date-time' })
  expires_at: string;
}

export const toAssetResponse = (asset: Asset, urls: AssetUrls): AssetResponse => ({
  id: asset.id,
  project_id: asset.projectId,
  name: asset.name,
  status: asset.status,
  file_name: asset.fileName,
  file_key: asset.fileKey,
  file_size: asset.fileSize,
  content_type: asset.contentType,
  checksum_sha256: asset.checksumSha256,
  width: asset.width,
  height: asset.height,
  storage_url: urls.storageUrl,
  access_url: urls.accessUrl,
  thumbnail_url: urls.thumbnailUrl,
  qr_code_url: urls.qrCodeUrl,
  url_expires_at: urls.expiresAt.toISOString(),
  created_by: asset.createdBy,
  created_at: asset.createdAt.toISOString(),
  updated_at: asset.updatedAt.toISOString(),
});

export const toAccessUrlResponse = (signed: SignedUrl): AccessUrlResponse => ({
  url: signed.url,
  expires_at: signed.expiresAt.toISOString(),
});
