import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { BeginImportInput } from '@slipway/core/imports/begin-import';
import type { ImportStatus } from '@slipway/core/imports/import.entity';
import type { ImportWithRef } from '@slipway/core/imports/read-import';
import { privateAddress } from '@slipway/core/assets/private-ref';
import { MAX_ADDRESS_LENGTH } from '@slipway/core/references/old-address';
import { ERROR_CODES, type ErrorCode } from '@slipway/core/shared/errors';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { IsDisplayName } from '../http/display-name';

export class ImportBody {
  @ApiProperty()
  @IsString()
  @MaxLength(100)
  project_id: string;

  @ApiProperty({
    description: 'Of a host that this server imports from',
    example: 'https://files.example.com/photo.jpg',
  })
  @IsString()
  @MaxLength(MAX_ADDRESS_LENGTH)
  url: string;

  @ApiPropertyOptional({ description: 'What people call the asset; by its file name when left out' })
  @IsOptional()
  @IsDisplayName(255)
  name?: string;
}

export class ImportResponse {
  @ApiProperty({ example: 'IMP-01K9ZD2J6H9CF0QW5T1R4V7XYZ' })
  id: string;

  @ApiProperty({ enum: ['pending', 'completed', 'failed'] })
  status: ImportStatus;

  @ApiProperty({ type: String, nullable: true })
  asset_id: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Of the asset: what is stored from now on' })
  private_ref: string | null;

  @ApiProperty({ enum: ERROR_CODES, enumName: 'ErrorCode', nullable: true, description: 'Why it failed' })
  code: ErrorCode | null;

  @ApiProperty({ type: String, nullable: true, description: 'The same in words' })
  reason: string | null;
}

export const toBeginImportInput = ({ project_id: projectId, url, name }: ImportBody): BeginImportInput => ({
  projectId,
  address: url,
  name: name ?? null,
});

export const toImportResponse = ({ row, privateRef }: ImportWithRef): ImportResponse => ({
  id: row.id,
  status: row.status,
  asset_id: row.assetId,
  private_ref: privateRef === null ? null : privateAddress(privateRef),
  code: row.code,
  reason: row.reason,
});
