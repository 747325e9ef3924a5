import { ApiProperty } from '@nestjs/swagger';
import type { GrantOutcome } from '@slipway/core/assets/grant-access-to-many';
import { MAX_ADDRESS_LENGTH } from '@slipway/core/references/old-address';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsString, MaxLength } from 'class-validator';
import { MAX_URLS_A_CALL, toUrlOutcome, UrlChoice, UrlOutcome } from '../assets/access-urls.wire';

export class SignedUrlQuery extends UrlChoice {}

export class SignedUrlsBody extends UrlChoice {
  @ApiProperty({
    type: [String],
    minItems: 1,
    maxItems: MAX_URLS_A_CALL,
    description: '`private://…`, what follows that, or an old address that was imported',
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_URLS_A_CALL)
  @IsString({ each: true })
  @MaxLength(MAX_ADDRESS_LENGTH, { each: true })
  refs: string[];
}

export class SignedUrlResult extends UrlOutcome {
  @ApiProperty({ description: 'As it was asked for' })
  ref: string;
}

export class SignedUrlsResponse {
  @ApiProperty({ type: [SignedUrlResult], description: 'In the order of the references' })
  data: SignedUrlResult[];
}

export const toSignedUrlsResponse = (
  refs: readonly string[],
  outcomes: readonly GrantOutcome[],
): SignedUrlsResponse => ({
  data: outcomes.map((outcome, index) => ({ ref: refs[index] ?? '', ...toUrlOutcome(outcome) })),
});
