import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { BegunUpload } from '@slipway/core/uploads/begin-uploads';
import type { CompleteUploadInput } from '@slipway/core/uploads/complete-upload';
import type { BeginUploadInput } from '@slipway/core/uploads/announcement';
import { isParted, type PartedUpload } from '@slipway/core/uploads/storage-upload';
import { PART_CHECKSUMS, type PartChecksum } from '@slipway/platform/object-store/object-store';
import { IsInt, IsOptional, IsString, MaxLength, Min } from 'class-validator';
import { IsDisplayName } from '../http/display-name';

/** Longer than any valid value of these fields: the use case says what exactly is wrong with one. */
const TEXT_LIMIT = 1024;

export class UploadUrlBody {
  @ApiProperty({ example: 'PRJ-01K9ZD2J6H9CF0QW5T1R4V7XYZ' })
  @IsString()
  @MaxLength(TEXT_LIMIT)
  project_id: string;

  @ApiProperty({ description: 'At most 255 bytes, no path separators', example: 'model.glb' })
  @IsString()
  @MaxLength(TEXT_LIMIT)
  file_name: string;

  @ApiProperty({ description: 'Bytes', minimum: 1, example: 12345678 })
  @IsInt()
  @Min(1)
  file_size: number;

  @ApiProperty({ description: 'Media type without parameters', example: 'model/gltf-binary' })
  @IsString()
  @MaxLength(TEXT_LIMIT)
  content_type: string;

  @ApiPropertyOptional({ description: 'Base64 of the digest; binds the URL to this content' })
  @IsOptional()
  @IsString()
  @MaxLength(TEXT_LIMIT)
  checksum_sha256?: string;
}

/** How a large file is to be cut; the parts are signed by `POST /api/uploads/:asset_id/parts`. */
export class MultipartPlan {
  @ApiProperty({ description: 'Bytes of every part but the last', example: 8388608 })
  part_size: number;

  @ApiProperty({ example: 12 })
  part_count: number;

  @ApiProperty({
    enum: PART_CHECKSUMS,
    description: 'What to tell of each part: its SHA-256, or its MD5; `none` takes the SHA-256 as well',
  })
  checksum: PartChecksum;
}

export class UploadUrlResponse {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Send the file here, once; null for a file that goes in parts, or need not be sent',
  })
  upload_url: string | null;

  @ApiProperty({ enum: ['PUT'] })
  method: 'PUT';

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'To be sent exactly so',
  })
  headers: Record<string, string>;

  @ApiProperty({ example: 'AST-01K9ZD2J6H9CF0QW5T1R4V7XYZ' })
  asset_id: string;

  @ApiProperty({ description: 'Final key; names the upload when it is completed' })
  file_key: string;

  @ApiProperty({ description: 'Seconds', example: 900 })
  expires_in: number;

  @ApiProperty({ format: 'date-time' })
  expires_at: string;

  @ApiProperty({ format: 'date-time', description: 'The server’s clock' })
  now: string;

  @ApiProperty({
    type: MultipartPlan,
    nullable: true,
    description: 'Null for a file that travels in one PUT',
  })
  multipart: MultipartPlan | null;

  @ApiProperty({ description: 'The project has these bytes: send nothing, complete at once' })
  deduplicated: boolean;
}

export class CompleteUploadBody {
  @ApiProperty({ description: 'What people call the asset', minLength: 1, maxLength: 255 })
  @IsDisplayName(255)
  name: string;

  @ApiProperty()
  @IsString()
  @MaxLength(TEXT_LIMIT)
  project_id: string;

  @ApiProperty()
  @IsString()
  @MaxLength(2 * TEXT_LIMIT)
  file_key: string;

  @ApiProperty({ description: 'Bytes' })
  @IsInt()
  @Min(1)
  file_size: number;

  @ApiProperty()
  @IsString()
  @MaxLength(TEXT_LIMIT)
  content_type: string;
}

export const toBeginUploadInput = (body: UploadUrlBody, idempotencyKey: string | null): BeginUploadInput => ({
  idempotencyKey,
  projectId: body.project_id,
  fileName: body.file_name,
  fileSize: body.file_size,
  contentType: body.content_type,
  checksumSha256: body.checksum_sha256 ?? null,
});

export const toUploadUrlResponse = ({ upload, put, now }: BegunUpload): UploadUrlResponse => ({
  upload_url: put?.url ?? null,
  method: 'PUT',
  headers: put?.headers ?? {},
  asset_id: upload.assetId,
  file_key: upload.fileKey,
  expires_in: Math.round((upload.expiresAt.getTime() - now.getTime()) / 1000),
  expires_at: (put?.expiresAt ?? upload.expiresAt).toISOString(),
  now: now.toISOString(),
  multipart: isParted(upload) ? toMultipartPlan(upload) : null,
  deduplicated: upload.sourceAssetId !== null,
});

const toMultipartPlan = ({ partSize, partCount, partChecksum }: PartedUpload): MultipartPlan => ({
  part_size: partSize,
  part_count: partCount,
  checksum: partChecksum,
});

export const toCompleteUploadInput = (body: CompleteUploadBody): CompleteUploadInput => ({
  name: body.name,
  projectId: body.project_id,
  fileKey: body.file_key,
  fileSize: body.file_size,
  contentType: body.content_type,
});
