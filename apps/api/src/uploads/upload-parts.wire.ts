import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { AnnouncedPart } from '@slipway/core/uploads/compare-parts';
import type { UploadState } from '@slipway/core/uploads/read-upload';
import type { SignedPart } from '@slipway/core/uploads/sign-parts';
import { UPLOAD_STATUSES, type UploadStatus } from '@slipway/core/uploads/upload';
import {
  PART_CHECKSUMS,
  type PartChecksum,
  type StoredPart,
} from '@slipway/platform/object-store/object-store';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsInt,
  IsOptional,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';

/** Few enough to be sent before their URLs end, many enough that a call is worth its round trip. */
export const MAX_PARTS_A_CALL = 16;

/** Longer than any digest. */
const SUM_LIMIT = 128;

export class PartBody {
  @ApiProperty({ description: 'From 1', example: 1 })
  @IsInt()
  part_number: number;

  @ApiProperty({
    description: 'Bytes: the planned part size, or what is left for the last',
    example: 8388608,
  })
  @IsInt()
  size: number;

  @ApiPropertyOptional({ description: 'Base64 of the digest; where the plan says `sha256` or `none`' })
  @IsOptional()
  @IsString()
  @MaxLength(SUM_LIMIT)
  checksum_sha256?: string;

  @ApiPropertyOptional({ description: 'Base64 of the digest; where the plan says `md5`' })
  @IsOptional()
  @IsString()
  @MaxLength(SUM_LIMIT)
  content_md5?: string;
}

export class SignPartsBody {
  @ApiProperty({ type: [PartBody], minItems: 1, maxItems: MAX_PARTS_A_CALL })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_PARTS_A_CALL)
  @ValidateNested({ each: true })
  @Type(() => PartBody)
  parts: PartBody[];
}

export class SignedPartResponse {
  @ApiProperty()
  part_number: number;

  @ApiProperty({ description: 'Send this part here' })
  url: string;

  @ApiProperty({ enum: ['PUT'] })
  method: 'PUT';

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'To be sent exactly so',
  })
  headers: Record<string, string>;

  @ApiProperty({ format: 'date-time' })
  expires_at: string;
}

export class SignedPartsResponse {
  @ApiProperty({ type: [SignedPartResponse] })
  parts: SignedPartResponse[];

  @ApiProperty({ format: 'date-time', description: 'The server’s clock' })
  now: string;
}

export class StoredPartResponse {
  @ApiProperty()
  part_number: number;

  @ApiProperty({ description: 'Bytes' })
  size: number;

  @ApiProperty()
  etag: string;

  @ApiProperty({ type: String, nullable: true, description: 'Base64; null where the storage tells none' })
  checksum_sha256: string | null;
}

export class UploadResponse {
  @ApiProperty()
  asset_id: string;

  @ApiProperty({ enum: UPLOAD_STATUSES })
  status: UploadStatus;

  @ApiProperty()
  file_key: string;

  @ApiProperty({ description: 'Bytes' })
  file_size: number;

  @ApiProperty({ type: Number, nullable: true, description: 'Null for a file that travels in one PUT' })
  part_size: number | null;

  @ApiProperty({ type: Number, nullable: true })
  part_count: number | null;

  @ApiProperty({ enum: PART_CHECKSUMS, nullable: true })
  checksum: PartChecksum | null;

  @ApiProperty({ type: [StoredPartResponse], description: 'What the storage has and need not be sent again' })
  parts: StoredPartResponse[];

  @ApiProperty({ format: 'date-time', description: 'When it is given up, unless parts are signed before' })
  expires_at: string;

  @ApiProperty({ format: 'date-time', description: 'The server’s clock' })
  now: string;
}

export const toAnnouncedPart = (part: PartBody): AnnouncedPart => ({
  partNumber: part.part_number,
  fileSize: part.size,
  checksumSha256: part.checksum_sha256 ?? null,
  contentMd5: part.content_md5 ?? null,
});

export const toSignedPartsResponse = (parts: SignedPart[], now: Date): SignedPartsResponse => ({
  parts: parts.map(({ partNumber, url, method, headers, expiresAt }) => ({
    part_number: partNumber,
    url,
    method,
    headers,
    expires_at: expiresAt.toISOString(),
  })),
  now: now.toISOString(),
});

const toStoredPartResponse = (part: StoredPart): StoredPartResponse => ({
  part_number: part.partNumber,
  size: part.size,
  etag: part.etag,
  checksum_sha256: part.checksumSha256,
});

export const toUploadResponse = ({ upload, parts }: UploadState, now: Date): UploadResponse => ({
  asset_id: upload.assetId,
  status: upload.status,
  file_key: upload.fileKey,
  file_size: upload.fileSize,
  part_size: upload.partSize,
  part_count: upload.partCount,
  checksum: upload.partChecksum,
  parts: parts.map(toStoredPartResponse),
  expires_at: upload.expiresAt.toISOString(),
  now: now.toISOString(),
});
