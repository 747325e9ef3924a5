import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { beginImport } from '@slipway/core/imports/begin-import';
import { readImport, withRef } from '@slipway/core/imports/read-import';
import type { Deps } from '@slipway/core/shared/deps';
import type { Principal } from '@slipway/core/shared/principal';
import { Caller, Needs } from '../http/access';
import { InjectDeps } from '../http/deps-token';
import { Fails } from '../http/fails';
import { ImportBody, ImportResponse, toBeginImportInput, toImportResponse } from './imports.wire';

@ApiTags('imports')
@Controller('api')
export class ImportsController {
  constructor(@InjectDeps() private readonly deps: Deps) {}

  @Needs('assets.write')
  @HttpCode(202)
  @Post('assets/import')
  @ApiAcceptedResponse({ type: ImportResponse, description: 'Fetched by a job; ask for the import again' })
  @Fails('invalid_request', 'not_found', 'host_not_allowed')
  async begin(@Caller() principal: Principal, @Body() body: ImportBody): Promise<ImportResponse> {
    const row = await beginImport(principal, toBeginImportInput(body), this.deps);
    return toImportResponse(await withRef(row, this.deps));
  }

  @Needs('assets.read')
  @Get('imports/:id')
  @ApiOkResponse({ type: ImportResponse })
  @Fails('not_found')
  async get(@Caller() principal: Principal, @Param('id') id: string): Promise<ImportResponse> {
    return toImportResponse(await readImport(principal, id, this.deps));
  }
}
