import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { QueuedAsset } from '@slipway/core/admin/moderation-queue';
import type { Review } from '@slipway/core/admin/review-asset';
import type { Page } from '@slipway/core/shared/page';
import { Transform } from 'class-transformer';
import { IsIn, IsString, Length, Matches, ValidateIf } from 'class-validator';
import { AssetResponse, toAssetResponse } from '../assets/assets.wire';

/** Several lines may be; nothing that a person cannot read. */
const READABLE = /^(?:\n|[^\p{Cc}\p{Cs}\p{Bidi_Control}])*$/u;

export class ReviewBody {
  @ApiProperty({ enum: ['publish', 'reject'] })
  @IsIn(['publish', 'reject'])
  decision: 'publish' | 'reject';

  @ApiPropertyOptional({
    minLength: 1,
    maxLength: 500,
    description: 'Why it is rejected, for the project’s editors and owners; needed for `reject`',
  })
  @ValidateIf(({ decision, reason }: ReviewBody) => decision === 'reject' || reason !== undefined)
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  @IsString()
  @Length(1, 500)
  @Matches(READABLE, { message: 'must not have control or direction characters' })
  reason?: string;
}

export class ModerationItemResponse extends AssetResponse {
  @ApiProperty()
  project_name: string;
}

export class ModerationListResponse {
  @ApiProperty({ type: [ModerationItemResponse], description: 'The longest wait first' })
  data: ModerationItemResponse[];

  @ApiProperty({ type: String, nullable: true })
  next_cursor: string | null;
}

export const toReview = ({ decision, reason = '' }: ReviewBody): Review =>
  decision === 'publish' ? { decision } : { decision, reason };

export const toModerationListResponse = ({
  rows,
  nextCursor,
}: Page<QueuedAsset>): ModerationListResponse => ({
  data: rows.map(({ visible, urls, projectName }) =>
    Object.assign(toAssetResponse(visible, urls), { project_name: projectName }),
  ),
  next_cursor: nextCursor,
});
