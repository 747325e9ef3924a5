import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { createApiKey } from '@slipway/core/api-keys/create-api-key';
import { listApiKeys } from '@slipway/core/api-keys/list-api-keys';
import { revokeApiKey } from '@slipway/core/api-keys/revoke-api-key';
import type { Deps } from '@slipway/core/shared/deps';
import type { Principal } from '@slipway/core/shared/principal';
import { Caller, Needs } from '../http/access';
import { InjectDeps } from '../http/deps-token';
import { Fails } from '../http/fails';
import {
  ApiKeyListResponse,
  CreateApiKeyBody,
  CreatedApiKeyResponse,
  toApiKeyResponse,
  toCreatedApiKeyResponse,
  toNewApiKey,
} from './api-keys.wire';

@ApiTags('auth')
@Needs('account')
@Controller('api/auth/api-keys')
export class ApiKeysController {
  constructor(@InjectDeps() private readonly deps: Deps) {}

  @Get()
  @ApiOkResponse({ type: ApiKeyListResponse })
  async list(@Caller() principal: Principal): Promise<ApiKeyListResponse> {
    return { data: (await listApiKeys(principal, this.deps)).map(toApiKeyResponse) };
  }

  @Post()
  @ApiCreatedResponse({ type: CreatedApiKeyResponse })
  @Fails('invalid_request', 'forbidden', 'not_found')
  async create(
    @Caller() principal: Principal,
    @Body() body: CreateApiKeyBody,
  ): Promise<CreatedApiKeyResponse> {
    return toCreatedApiKeyResponse(await createApiKey(principal, toNewApiKey(body), this.deps));
  }

  @HttpCode(204)
  @Delete(':id')
  @ApiNoContentResponse()
  @Fails('not_found')
  revoke(@Caller() principal: Principal, @Param('id') id: string): Promise<void> {
    return revokeApiKey(principal, id, this.deps);
  }
}
