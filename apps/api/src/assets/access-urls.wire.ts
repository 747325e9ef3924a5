import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { UrlPurpose } from '@slipway/core/assets/asset-urls';
import type { GrantOutcome } from '@slipway/core/assets/grant-access-to-many';
import { DomainError, ERROR_CODES, type ErrorCode } from '@slipway/core/shared/errors';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { toAccessUrlResponse } from './assets.wire';

export const MAX_URLS_A_CALL = 100;

/** What the URLs of one call open. */
export class UrlChoice {
  @ApiPropertyOptional({ enum: ['view', 'download'], default: 'view' })
  @IsIn(['view', 'download'])
  purpose: UrlPurpose = 'view';

  @ApiPropertyOptional({ enum: ['thumbnail'], description: 'In place of the original' })
  @IsOptional()
  @IsIn(['thumbnail'])
  rendition?: 'thumbnail';
}

export class AccessUrlsBody extends UrlChoice {
  @ApiProperty({ type: [String], minItems: 1, maxItems: MAX_URLS_A_CALL })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_URLS_A_CALL)
  @IsString({ each: true })
  @MaxLength(100, { each: true })
  ids: string[];
}

/** A URL, or why there is none. */
export class UrlOutcome {
  @ApiPropertyOptional()
  url?: string;

  @ApiPropertyOptional({ format: 'date-time' })
  expires_at?: string;

  @ApiPropertyOptional({ enum: ERROR_CODES, enumName: 'ErrorCode', description: 'Where there is no URL' })
  code?: ErrorCode;
}

export class AccessUrlResult extends UrlOutcome {
  @ApiProperty()
  id: string;
}

export class AccessUrlsResponse {
  @ApiProperty({ type: [AccessUrlResult] })
  data: AccessUrlResult[];
}

/** Its members, for the class of each kind of answer. */
export const toUrlOutcome = (outcome: GrantOutcome): Pick<UrlOutcome, keyof UrlOutcome> =>
  outcome instanceof DomainError ? { code: outcome.code } : toAccessUrlResponse(outcome);

export const toAccessUrlsResponse = (
  ids: readonly string[],
  outcomes: readonly GrantOutcome[],
): AccessUrlsResponse => ({
  data: outcomes.map((outcome, index) => ({ id: ids[index] ?? '', ...toUrlOutcome(outcome) })),
});
