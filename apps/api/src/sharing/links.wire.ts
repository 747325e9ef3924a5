import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { UrlPurpose } from '@slipway/core/assets/asset-urls';
import type { LinkDownload } from '@slipway/core/sharing/download-by-link';
import type { SharedFile } from '@slipway/core/sharing/open-link';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { AccessUrlResponse, toAccessUrlResponse } from '../assets/assets.wire';

export class OpenLinkBody {
  @ApiPropertyOptional({ type: String, format: 'password', maxLength: 256, nullable: true })
  @IsOptional()
  @IsString()
  @MaxLength(256)
  password?: string | null;
}

export class LinkDownloadBody extends OpenLinkBody {
  @ApiPropertyOptional({ enum: ['view', 'download'], default: 'download', description: 'Both are counted' })
  @IsIn(['view', 'download'])
  purpose: UrlPurpose = 'download';
}

/** All but `password_required` is null until the password is given. */
export class SharedFileResponse {
  @ApiProperty({ type: String, nullable: true })
  name: string | null;

  @ApiProperty({ type: String, nullable: true })
  content_type: string | null;

  @ApiProperty({ type: Number, nullable: true, description: 'Bytes' })
  file_size: number | null;

  @ApiProperty({ description: 'Whether downloading asks for a password' })
  password_required: boolean;

  @ApiProperty({ type: Number, nullable: true, description: 'Null: as many as one likes' })
  downloads_left: number | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Of the link; null: until it is revoked',
  })
  expires_at: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Signed, for five minutes; null where there is none',
  })
  thumbnail_url: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Of a picture itself where downloads are not counted, else the thumbnail',
  })
  preview_url: string | null;
}

export class LinkDownloadResponse extends AccessUrlResponse {
  @ApiProperty({ type: Number, nullable: true, description: 'After this one' })
  downloads_left: number | null;
}

const CLOSED: SharedFileResponse = {
  name: null,
  content_type: null,
  file_size: null,
  password_required: true,
  downloads_left: null,
  expires_at: null,
  thumbnail_url: null,
  preview_url: null,
};

export const toSharedFileResponse = (file: SharedFile | null): SharedFileResponse =>
  file === null
    ? CLOSED
    : {
        name: file.name,
        content_type: file.contentType,
        file_size: file.fileSize,
        password_required: file.asksPassword,
        downloads_left: file.downloadsLeft,
        expires_at: file.expiresAt?.toISOString() ?? null,
        thumbnail_url: file.thumbnailUrl,
        preview_url: file.previewUrl,
      };

export const toLinkDownloadResponse = ({ signed, downloadsLeft }: LinkDownload): LinkDownloadResponse =>
  Object.assign(toAccessUrlResponse(signed), { downloads_left: downloadsLeft });
