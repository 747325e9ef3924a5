import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Export, ExportStatus } from '@slipway/core/my-data/export.entity';
import type { ListedExport } from '@slipway/core/my-data/list-exports';
import { IsOptional, IsString, MaxLength } from 'class-validator';

const STATUSES = ['pending', 'ready', 'failed', 'expired'] as const satisfies ExportStatus[];

export class ExportRequestResponse {
  @ApiProperty({ example: 'EXP-01K9ZD2J6H9CF0QW5T1R4V7XYZ' })
  id: string;

  @ApiProperty({ enum: STATUSES })
  status: ExportStatus;
}

export class ExportResponse extends ExportRequestResponse {
  @ApiProperty({ type: Number, nullable: true, description: 'Bytes; null until it is ready' })
  file_size: number | null;

  @ApiProperty({ type: String, nullable: true, description: 'Why it failed' })
  reason: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Signed; null unless it is ready' })
  url: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When the file goes' })
  expires_at: string | null;

  @ApiProperty({ format: 'date-time' })
  created_at: string;
}

export class ExportListResponse {
  @ApiProperty({ type: [ExportResponse] })
  data: ExportResponse[];
}

export class EraseAccountBody {
  @ApiPropertyOptional({
    type: String,
    format: 'password',
    maxLength: 256,
    description: 'Of an account that has one; any other shows a token of the last five minutes',
  })
  @IsOptional()
  @IsString()
  @MaxLength(256)
  password?: string | null;
}

export const toExportRequestResponse = ({ id, status }: Export): ExportRequestResponse => ({ id, status });

export const toExportResponse = ({ export: made, url }: ListedExport): ExportResponse => ({
  id: made.id,
  status: made.status,
  file_size: made.fileSize,
  reason: made.reason,
  url: url?.url ?? null,
  expires_at: made.expiresAt?.toISOString() ?? null,
  created_at: made.createdAt.toISOString(),
});
