import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { BeginUploadInput, BegunUpload } from '@slipway/core/uploads/begin-upload';
import type { CompleteUploadInput } from '@slipway/core/uploads/complete-upload';
import { IsInt, IsOptional, IsString, Length, MaxLength, Min } from 'class-validator';

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

export class UploadUrlResponse {
  @ApiProperty({ description: 'Send the file here, once' })
  upload_url: string;

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
}

export class CompleteUploadBody {
  @ApiProperty({ description: 'What people call the asset', minLength: 1, maxLength: 255 })
  @IsString()
  @Length(1, 255)
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

export const toBeginUploadInput = (body: UploadUrlBody): BeginUploadInput => ({
  projectId: body.project_id,
  fileName: body.file_name,
  fileSize: body.file_size,
  contentType: body.content_type,
  checksumSha256: body.checksum_sha256 ?? null,
});

export const toUploadUrlResponse = (begun: BegunUpload): UploadUrlResponse => ({
  upload_url: begun.url,
  method: begun.method,
  headers: begun.headers,
  asset_id: begun.upload.assetId,
  file_key: begun.upload.fileKey,
  expires_in: begun.expiresInSeconds,
  expires_at: begun.expiresAt.toISOString(),
});

export const toCompleteUploadInput = (body: CompleteUploadBody): CompleteUploadInput => ({
  name: body.name,
  projectId: body.project_id,
  fileKey: body.file_key,
  fileSize: body.file_size,
  contentType: body.content_type,
});
