import { Controller, Get, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { ExportFormat } from '@slipway/core/audit/export-lines';
import type { Deps } from '@slipway/core/shared/deps';
import type { Principal } from '@slipway/core/shared/principal';
import { exportTrail } from '@slipway/core/trail/export-trail';
import { proveForCaller } from '@slipway/core/trail/prove-for-caller';
import { readTrail } from '@slipway/core/trail/read-trail';
import type { TrailScope } from '@slipway/core/trail/scope';
import { Caller, Needs } from '../http/access';
import { InjectDeps } from '../http/deps-token';
import { Fails } from '../http/fails';
import { AuditProofResponse, toAuditProofResponse } from './audit-proof.wire';
import {
  AuditFilterQuery,
  AuditPageResponse,
  AuditQuery,
  toAuditPageResponse,
  toTrailFilter,
} from './audit.wire';
import { AnswersFile, toFile } from './export-file';

@ApiTags('audit')
@Needs('audit.read')
@Controller('api')
export class AuditController {
  constructor(@InjectDeps() private readonly deps: Deps) {}

  @Get('assets/:id/audit')
  @ApiOkResponse({ type: AuditPageResponse })
  @Fails('invalid_request')
  ofAsset(
    @Caller() principal: Principal,
    @Param('id') assetId: string,
    @Query() query: AuditQuery,
  ): Promise<AuditPageResponse> {
    return this.page(principal, { assetId }, query);
  }

  @Get('projects/:id/audit')
  @ApiOkResponse({ type: AuditPageResponse })
  @Fails('invalid_request')
  ofProject(
    @Caller() principal: Principal,
    @Param('id') projectId: string,
    @Query() query: AuditQuery,
  ): Promise<AuditPageResponse> {
    return this.page(principal, { projectId }, query);
  }

  @Get('projects/:id/audit.ndjson')
  @AnswersFile('ndjson')
  @Fails('invalid_request')
  ofProjectAsNdjson(
    @Caller() principal: Principal,
    @Param('id') projectId: string,
    @Query() query: AuditFilterQuery,
  ): Promise<StreamableFile> {
    return this.file(principal, { scope: { projectId }, query, format: 'ndjson' });
  }

  @Get('projects/:id/audit.csv')
  @AnswersFile('csv')
  @Fails('invalid_request')
  ofProjectAsCsv(
    @Caller() principal: Principal,
    @Param('id') projectId: string,
    @Query() query: AuditFilterQuery,
  ): Promise<StreamableFile> {
    return this.file(principal, { scope: { projectId }, query, format: 'csv' });
  }

  @Get('audit/proof/:event_id')
  @ApiOkResponse({ type: AuditProofResponse })
  async proof(
    @Caller() principal: Principal,
    @Param('event_id') eventId: string,
  ): Promise<AuditProofResponse> {
    return toAuditProofResponse(await proveForCaller(principal, eventId, this.deps));
  }

  @Needs('admin')
  @Get('admin/audit')
  @ApiOkResponse({ type: AuditPageResponse })
  @Fails('invalid_request')
  ofAll(@Caller() principal: Principal, @Query() query: AuditQuery): Promise<AuditPageResponse> {
    return this.page(principal, 'installation', query);
  }

  @Needs('admin')
  @Get('admin/audit.ndjson')
  @AnswersFile('ndjson')
  @Fails('invalid_request')
  ofAllAsNdjson(@Caller() principal: Principal, @Query() query: AuditFilterQuery): Promise<StreamableFile> {
    return this.file(principal, { scope: 'installation', query, format: 'ndjson' });
  }

  @Needs('admin')
  @Get('admin/audit.csv')
  @AnswersFile('csv')
  @Fails('invalid_request')
  ofAllAsCsv(@Caller() principal: Principal, @Query() query: AuditFilterQuery): Promise<StreamableFile> {
    return this.file(principal, { scope: 'installation', query, format: 'csv' });
  }

  private async page(
    principal: Principal,
    scope: TrailScope,
    { limit, cursor, ...query }: AuditQuery,
  ): Promise<AuditPageResponse> {
    const filter = toTrailFilter(query);
    return toAuditPageResponse(await readTrail(principal, { scope, filter, limit, cursor }, this.deps));
  }

  private async file(
    principal: Principal,
    { query, ...asked }: { scope: TrailScope; query: AuditFilterQuery; format: ExportFormat },
  ): Promise<StreamableFile> {
    return toFile(await exportTrail(principal, { ...asked, filter: toTrailFilter(query) }, this.deps));
  }
}
