import { ApiProperty, ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import type { AuditEvent } from '@slipway/core/audit/audit-event.entity';
import { type ExportedEvent, toExportedEvent } from '@slipway/core/audit/exported-event';
import { AUDIT_ACTIONS, type AuditAction, type AuditDetails } from '@slipway/core/shared/audit-writer';
import type { Page } from '@slipway/core/shared/page';
import type { Principal } from '@slipway/core/shared/principal';
import type { TrailFilter } from '@slipway/core/trail/read-trail';
import { IsIn, IsIP, IsISO8601, IsOptional, IsString, MaxLength } from 'class-validator';
import { PageQuery } from '../http/page-query';

export class AuditFilterQuery {
  @ApiPropertyOptional({ enum: AUDIT_ACTIONS })
  @IsOptional()
  @IsIn(AUDIT_ACTIONS)
  action?: AuditAction;

  @ApiPropertyOptional({ description: 'Id of a user, an API key or a share' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  actor?: string;

  @ApiPropertyOptional({ description: 'Address of the caller; what was erased is not found by it' })
  @IsOptional()
  @IsIP()
  ip?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'From then on' })
  @IsOptional()
  @IsISO8601({ strict: true, strictSeparator: true })
  from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Before then' })
  @IsOptional()
  @IsISO8601({ strict: true, strictSeparator: true })
  to?: string;
}

export class AuditQuery extends IntersectionType(PageQuery, AuditFilterQuery) {}

export const toTrailFilter = ({ action, actor, ip, from, to }: AuditFilterQuery): TrailFilter => ({
  action,
  actor,
  ip,
  from: from === undefined ? undefined : new Date(from),
  to: to === undefined ? undefined : new Date(to),
});

const ACTOR_KINDS = ['user', 'api_key', 'link', 'visitor', 'system'] as const;

export class AuditActorResponse {
  @ApiProperty({ enum: ACTOR_KINDS })
  kind: Principal['kind'];

  @ApiProperty({ description: 'Of the user, the API key or the share; else the kind again' })
  id: string;
}

export class AuditEventResponse implements ExportedEvent {
  @ApiProperty({ example: 'AUD-01K9ZD2J6H9CF0QW5T1R4V7XYZ' })
  id: string;

  @ApiProperty({ format: 'date-time' })
  at: string;

  @ApiProperty({ enum: AUDIT_ACTIONS })
  action: AuditAction;

  @ApiProperty()
  actor: AuditActorResponse;

  @ApiProperty({ type: String, nullable: true })
  project_id: string | null;

  @ApiProperty({ type: String, nullable: true })
  asset_id: string | null;

  @ApiProperty({ type: String, nullable: true })
  ip: string | null;

  @ApiProperty({ type: String, nullable: true })
  user_agent: string | null;

  @ApiProperty({ type: String, nullable: true })
  request_id: string | null;

  @ApiProperty({ enum: ['success', 'refused'] })
  result: 'success' | 'refused';

  @ApiProperty({ type: String, nullable: true, description: 'Of a refusal: the code of the answer' })
  reason: string | null;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'Flat; differs by action' })
  details: AuditDetails;

  @ApiProperty({
    description: 'Whether the personal data is gone: address, user agent, names in the details',
  })
  erased: boolean;
}

export class AuditPageResponse {
  @ApiProperty({ type: [AuditEventResponse] })
  data: AuditEventResponse[];

  @ApiProperty({ type: String, nullable: true })
  next_cursor: string | null;
}

export const toAuditPageResponse = ({ rows, nextCursor }: Page<AuditEvent>): AuditPageResponse => ({
  data: rows.map(toExportedEvent),
  next_cursor: nextCursor,
});
