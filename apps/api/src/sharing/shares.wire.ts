import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { assetUrls, type SigningContext } from '@slipway/core/assets/asset-urls';
import type { Page } from '@slipway/core/shared/page';
import { linkUrl } from '@slipway/core/sharing/link-token';
import type { SharedAsset } from '@slipway/core/sharing/list-shared-with-me';
import type { Share } from '@slipway/core/sharing/share.entity';
import { Transform } from 'class-transformer';
import {
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  ValidateIf,
  type ValidationArguments,
} from 'class-validator';
import { AssetResponse, toAssetResponse } from '../assets/assets.wire';
import { IsTimestamp } from '../http/timestamp';

export const SHARE_KINDS = ['user', 'link'] as const;

/** A field of the other kind would be forgotten in silence. */
const IsOnlyFor = (kind: Share['kind']) =>
  ValidateBy({
    name: 'isOnlyFor',
    validator: {
      validate: (_: unknown, { object }: ValidationArguments) => (object as CreateShareBody).kind === kind,
      defaultMessage: () => `is only for the kind ${kind}`,
    },
  });

const isUserOrGiven = ({ kind, email }: CreateShareBody): boolean => kind === 'user' || email !== undefined;

export class CreateShareBody {
  @ApiProperty({ enum: SHARE_KINDS })
  @IsIn(SHARE_KINDS)
  kind: Share['kind'];

  @ApiPropertyOptional({
    format: 'email',
    maxLength: 254,
    description: 'Of a `user`, with an account or not',
  })
  @ValidateIf(isUserOrGiven)
  @IsOnlyFor('user')
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  @IsEmail()
  @MaxLength(254)
  email?: string;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Null: until it is revoked',
  })
  @IsOptional()
  @IsTimestamp()
  expires_at?: Date | null;

  @ApiPropertyOptional({
    type: String,
    format: 'password',
    minLength: 6,
    maxLength: 256,
    nullable: true,
    description: 'Of a `link`',
  })
  @IsOptional()
  @IsOnlyFor('link')
  @IsString()
  @Length(6, 256)
  password?: string | null;

  @ApiPropertyOptional({
    type: Number,
    minimum: 1,
    maximum: 1_000_000,
    nullable: true,
    description: 'Of a `link`; null: as many as one likes',
  })
  @IsOptional()
  @IsOnlyFor('link')
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  max_downloads?: number | null;
}

export class ShareResponse {
  @ApiProperty({ example: 'SHR-01K9ZD2J6H9CF0QW5T1R4V7XYZ' })
  id: string;

  @ApiProperty({ enum: SHARE_KINDS })
  kind: Share['kind'];

  @ApiProperty({ type: String, nullable: true, description: 'Lower case; null for links' })
  email: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  expires_at: string | null;

  @ApiProperty()
  has_password: boolean;

  @ApiProperty({ type: Number, nullable: true })
  max_downloads: number | null;

  @ApiProperty()
  downloads: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  revoked_at: string | null;

  @ApiProperty()
  created_by: string;

  @ApiProperty({ format: 'date-time' })
  created_at: string;
}

export class CreatedShareResponse extends ShareResponse {
  @ApiProperty({ type: String, nullable: true, description: 'Of a link; never shown again' })
  token: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Where people open the link; never shown again' })
  url: string | null;
}

export class ShareListResponse {
  @ApiProperty({ type: [ShareResponse], description: 'Those that ended and were revoked too' })
  data: ShareResponse[];

  @ApiProperty({ type: String, nullable: true })
  next_cursor: string | null;
}

export class SharedAssetResponse extends AssetResponse {
  @ApiProperty({ format: 'date-time' })
  shared_at: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Null: until it is revoked',
  })
  shared_until: string | null;
}

export class SharedAssetListResponse {
  @ApiProperty({
    type: [SharedAssetResponse],
    description: 'May be fewer than `limit`, where shares have ended; the last page has no `next_cursor`',
  })
  data: SharedAssetResponse[];

  @ApiProperty({ type: String, nullable: true })
  next_cursor: string | null;
}

export const toShareResponse = (share: Share): ShareResponse => ({
  id: share.id,
  kind: share.kind,
  email: share.email,
  expires_at: share.expiresAt?.toISOString() ?? null,
  has_password: share.passwordHash !== null,
  max_downloads: share.maxDownloads,
  downloads: share.downloads,
  revoked_at: share.revokedAt?.toISOString() ?? null,
  created_by: share.createdBy,
  created_at: share.createdAt.toISOString(),
});

/** `token` is null for a share to a person. */
export const toCreatedShareResponse = (
  share: Share,
  token: string | null,
  publicUrl: string,
): CreatedShareResponse =>
  Object.assign(toShareResponse(share), {
    token,
    url: token === null ? null : linkUrl(publicUrl, token),
  });

export const toShareListResponse = ({ rows, nextCursor }: Page<Share>): ShareListResponse => ({
  data: rows.map(toShareResponse),
  next_cursor: nextCursor,
});

export const toSharedAssetListResponse = (
  { rows, nextCursor }: Page<SharedAsset>,
  context: SigningContext,
): SharedAssetListResponse => ({
  data: rows.map((shared) =>
    Object.assign(toAssetResponse(shared, assetUrls(shared, context)), {
      shared_at: shared.sharedAt.toISOString(),
      shared_until: shared.sharedUntil?.toISOString() ?? null,
    }),
  ),
  next_cursor: nextCursor,
});
