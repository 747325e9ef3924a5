import { applyDecorators } from '@nestjs/common';
import { ApiResponse, getSchemaPath } from '@nestjs/swagger';
import type { ErrorCode } from '@slipway/core/shared/errors';
import { Problem, statusOf } from './problem';

export const PROBLEM_CONTENT = { 'application/problem+json': { schema: { $ref: getSchemaPath(Problem) } } };

/** Documents the coded failures of a route, one OpenAPI response a status. */
export function Fails(...codes: ErrorCode[]): MethodDecorator & ClassDecorator {
  return applyDecorators(
    ...[...groupByStatus(codes)].map(([status, group]) =>
      ApiResponse({
        status,
        description: group.map((code) => `\`${code}\``).join(', '),
        content: PROBLEM_CONTENT,
      }),
    ),
  );
}

function groupByStatus(codes: ErrorCode[]): Map<number, ErrorCode[]> {
  const groups = new Map<number, ErrorCode[]>();
  for (const code of codes) groups.set(statusOf(code), [...(groups.get(statusOf(code)) ?? []), code]);
  return groups;
}
