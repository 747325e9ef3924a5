import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { WITHHELD, type Withheld } from '@slipway/core/access/decide-access';
import type { AssetChange } from '@slipway/core/assets/update-asset';
import type { AssetStatus } from '@slipway/core/assets/asset.entity';
import type { AssetUrls, UrlPurpose } from '@slipway/core/assets/asset-urls';
import { privateAddress } from '@slipway/core/assets/private-ref';
import type { VisibleAsset } from '@slipway/core/assets/require-asset';
import type { SignedUrl } from '@slipway/platform/object-store/url-signer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateIf,
} from 'class-validator';
import { IsDisplayName } from '../http/display-name';
import { PageQuery } from '../http/page-query';
import { IsTimestamp } from '../http/timestamp';

export class AssetResponse {
  @ApiProperty({ example: 'AST-01K9ZD2J6H9CF0QW5T1R4V7XYZ' })
  id: string;

  @ApiProperty()
  project_id: string;

  @ApiProperty()
  name: string;

  @ApiProperty({ enum: ['Processing', 'In Review', 'Published', 'Rejected'] })
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

  @ApiProperty({ type: String, nullable: true, description: 'Signed; null where the bytes are withheld' })
  access_url: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    enum: [...WITHHELD, null],
    description: 'Why the bytes are withheld from the caller; null where they are not',
  })
  withheld: Withheld | null;

  @ApiProperty({ type: String, nullable: true, description: 'Signed; null until there is one' })
  thumbnail_url: string | null;

  @ApiProperty({ description: 'Signed; the image is there when the asset leaves `Processing`' })
  qr_code_url: string;

  @ApiProperty({ format: 'date-time' })
  url_expires_at: string;

  @ApiProperty({ description: 'Stored in messages and documents in place of an address' })
  private_ref: string;

  @ApiProperty({ description: 'Everybody may see it' })
  is_public: boolean;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'From then on only editors and owners see it',
  })
  expires_at: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Why it was rejected' })
  review_reason: string | null;

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

  @ApiPropertyOptional({
    description: 'Seconds; at most what the caller’s tier allows',
    minimum: 60,
    maximum: MAX_URL_LIFE,
    default: 3600,
  })
  @IsOptional()
  @IsInt()
  @Min(60)
  @Max(MAX_URL_LIFE)
  expires_in?: number;
}

const isGiven = (_: unknown, value: unknown): boolean => value !== undefined;

/** What is left out stays as it is. */
export class UpdateAssetBody {
  @ApiPropertyOptional({ description: 'As a file may be called; at most 255 bytes of UTF-8' })
  @ValidateIf(isGiven)
  @IsDisplayName(255)
  name?: string;

  @ApiPropertyOptional({ description: 'Everybody may see it' })
  @ValidateIf(isGiven)
  @IsBoolean()
  is_public?: boolean;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'From then on only editors and owners see it; null: never',
  })
  @IsOptional()
  @IsTimestamp()
  expires_at?: Date | null;
}

export const toAssetChange = ({
  name,
  is_public: isPublic,
  expires_at: expiresAt,
}: UpdateAssetBody): AssetChange => ({
  ...(name !== undefined && { name }),
  ...(isPublic !== undefined && { isPublic }),
  ...(expiresAt !== undefined && { expiresAt }),
});

export class AccessUrlResponse {
  @ApiProperty()
  url: string;

  @ApiProperty({ format: 'date-time' })
  expires_at: string;
}

const withheldFrom = ({ decision }: VisibleAsset): Withheld | null =>
  decision.allowed || decision.because === 'hidden' ? null : decision.because;

export const toAssetResponse = (visible: VisibleAsset, urls: AssetUrls): AssetResponse => {
  const { asset } = visible;
  return {
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
    withheld: withheldFrom(visible),
    thumbnail_url: urls.thumbnailUrl,
    qr_code_url: urls.qrCodeUrl,
    url_expires_at: urls.expiresAt.toISOString(),
    private_ref: privateAddress(asset.privateRef),
    is_public: asset.isPublic,
    expires_at: asset.expiresAt?.toISOString() ?? null,
    review_reason: asset.reviewReason,
    created_by: asset.createdBy,
    created_at: asset.createdAt.toISOString(),
    updated_at: asset.updatedAt.toISOString(),
  };
};

export const toAccessUrlResponse = (signed: SignedUrl): AccessUrlResponse => ({
  url: signed.url,
  expires_at: signed.expiresAt.toISOString(),
});
