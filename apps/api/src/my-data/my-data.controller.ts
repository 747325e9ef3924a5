import { Body, Controller, Delete, Get, HttpCode, Post, Req } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { eraseAccount } from '@slipway/core/my-data/erase-account';
import { listExports } from '@slipway/core/my-data/list-exports';
import { requestExport } from '@slipway/core/my-data/request-export';
import type { Deps } from '@slipway/core/shared/deps';
import type { Principal } from '@slipway/core/shared/principal';
import type { FastifyRequest } from 'fastify';
import { Caller, Needs } from '../http/access';
import { blockOf } from '../http/address-block';
import { InjectDeps } from '../http/deps-token';
import { Fails } from '../http/fails';
import { GuessingLimit } from '../http/rate-limit';
import {
  EraseAccountBody,
  ExportListResponse,
  ExportRequestResponse,
  toExportRequestResponse,
  toExportResponse,
} from './my-data.wire';
import { tokenIssuedAt } from './token-issued-at';

@ApiTags('my-data')
@Needs('account')
@Controller('api/me')
export class MyDataController {
  constructor(@InjectDeps() private readonly deps: Deps) {}

  @HttpCode(202)
  @Post('export')
  @ApiAcceptedResponse({ type: ExportRequestResponse })
  async requestExport(@Caller() principal: Principal): Promise<ExportRequestResponse> {
    return toExportRequestResponse(await requestExport(principal, this.deps));
  }

  @Get('exports')
  @ApiOkResponse({ type: ExportListResponse })
  async exports(@Caller() principal: Principal): Promise<ExportListResponse> {
    return { data: (await listExports(principal, this.deps)).map(toExportResponse) };
  }

  @GuessingLimit()
  @HttpCode(202)
  @Delete()
  @ApiAcceptedResponse()
  @Fails('invalid_request', 'invalid_credentials', 'last_owner', 'rate_limited', 'too_many_attempts')
  erase(
    @Caller() principal: Principal,
    @Req() request: FastifyRequest,
    @Body() { password }: EraseAccountBody,
  ): Promise<void> {
    const input = {
      password: password ?? null,
      tokenIssuedAt: tokenIssuedAt(request),
      addressBlock: blockOf(principal),
    };
    return eraseAccount(principal, input, this.deps);
  }
}
