import { ApiProperty } from '@nestjs/swagger';
import type { Rendition, RenditionStatus } from '@slipway/core/renditions/rendition.entity';
import type { RenditionName } from '@slipway/platform/object-store/object-key';

export class RenditionResponse {
  @ApiProperty({ enum: ['thumbnail', 'qr-code'] })
  name: RenditionName;

  @ApiProperty({ enum: ['pending', 'ready', 'failed'] })
  status: RenditionStatus;

  @ApiProperty({ type: String, nullable: true, description: 'Why it failed' })
  reason: string | null;

  @ApiProperty({ type: String, nullable: true })
  content_type: string | null;

  @ApiProperty({ type: Number, nullable: true, description: 'Bytes' })
  file_size: number | null;

  @ApiProperty({ type: Number, nullable: true })
  width: number | null;

  @ApiProperty({ type: Number, nullable: true })
  height: number | null;

  @ApiProperty({ format: 'date-time' })
  updated_at: string;
}

export class RenditionListResponse {
  @ApiProperty({ type: [RenditionResponse] })
  data: RenditionResponse[];
}

const toRenditionResponse = (rendition: Rendition): RenditionResponse => ({
  name: rendition.name,
  status: rendition.status,
  reason: rendition.reason,
  content_type: rendition.contentType,
  file_size: rendition.fileSize,
  width: rendition.width,
  height: rendition.height,
  updated_at: rendition.updatedAt.toISOString(),
});

export const toRenditionListResponse = (renditions: Rendition[]): RenditionListResponse => ({
  data: renditions.map(toRenditionResponse),
});
