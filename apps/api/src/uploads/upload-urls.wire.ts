import { ApiProperty } from '@nestjs/swagger';
import { DomainError } from '@slipway/core/shared/errors';
import type { BegunUpload } from '@slipway/core/uploads/begin-uploads';
import type { BeginUploadInput } from '@slipway/core/uploads/announcement';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, ValidateNested } from 'class-validator';
import { Problem, toProblem } from '../http/problem';
import { toBeginUploadInput, toUploadUrlResponse, UploadUrlBody, UploadUrlResponse } from './uploads.wire';

export const MAX_FILES_A_CALL = 100;

export class UploadUrlsBody {
  @ApiProperty({ type: [UploadUrlBody], minItems: 1, maxItems: MAX_FILES_A_CALL })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_FILES_A_CALL)
  @ValidateNested({ each: true })
  @Type(() => UploadUrlBody)
  files: UploadUrlBody[];
}

export class UploadUrlResult {
  @ApiProperty({ description: 'What the call for this file alone would have answered', example: 200 })
  status: number;

  @ApiProperty({ type: UploadUrlResponse, required: false, description: 'Where the status is 200' })
  upload?: UploadUrlResponse;

  @ApiProperty({ type: Problem, required: false, description: 'Where it is not' })
  problem?: Problem;
}

export class UploadUrlsResponse {
  @ApiProperty({ type: [UploadUrlResult], description: 'In the order of the files' })
  data: UploadUrlResult[];
}

/** Each file has a key of its own, so that a repeat finds those that were begun. */
export const toBeginUploadInputs = (
  { files }: UploadUrlsBody,
  idempotencyKey: string | null,
): BeginUploadInput[] =>
  files.map((file, index) =>
    toBeginUploadInput(file, idempotencyKey === null ? null : `${idempotencyKey} ${index}`),
  );

export const toUploadUrlsResponse = (
  outcomes: (BegunUpload | DomainError)[],
  call: { instance: string; requestId: string },
): UploadUrlsResponse => ({
  data: outcomes.map((outcome) => {
    if (!(outcome instanceof DomainError)) return { status: 200, upload: toUploadUrlResponse(outcome) };
    const problem = toProblem(outcome, call);
    return { status: problem.status, problem };
  }),
});
