import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { deleteTier } from '@slipway/core/admin/delete-tier';
import { listTiers } from '@slipway/core/admin/list-tiers';
import { saveTier } from '@slipway/core/admin/save-tier';
import type { Deps } from '@slipway/core/shared/deps';
import type { Principal } from '@slipway/core/shared/principal';
import { Caller, Needs } from '../http/access';
import { InjectDeps } from '../http/deps-token';
import { Fails } from '../http/fails';
import { TierBody, TierListResponse, TierPath, TierResponse, toTier, toTierResponse } from './tiers.wire';

@ApiTags('admin')
@Needs('admin')
@Controller('api/admin/tiers')
export class TiersController {
  constructor(@InjectDeps() private readonly deps: Deps) {}

  @Get()
  @ApiOkResponse({ type: TierListResponse })
  async list(): Promise<TierListResponse> {
    return { data: (await listTiers(this.deps)).map(toTierResponse) };
  }

  @Put(':name')
  @ApiOkResponse({ type: TierResponse, description: 'In force at the next call of everybody who has it' })
  @Fails('invalid_request')
  async save(
    @Caller() principal: Principal,
    @Param() { name }: TierPath,
    @Body() body: TierBody,
  ): Promise<TierResponse> {
    return toTierResponse(await saveTier(principal, toTier(name, body), this.deps));
  }

  @HttpCode(204)
  @Delete(':name')
  @ApiNoContentResponse()
  @Fails('invalid_request', 'not_found', 'tier_in_use')
  async delete(@Caller() principal: Principal, @Param() { name }: TierPath): Promise<void> {
    await deleteTier(principal, name, this.deps);
  }
}
