import { Body, Controller, Get, Param, Patch, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { listUsers } from '@slipway/core/admin/list-users';
import { readUser } from '@slipway/core/admin/read-user';
import { updateUser } from '@slipway/core/admin/update-user';
import type { Deps } from '@slipway/core/shared/deps';
import type { Principal } from '@slipway/core/shared/principal';
import { Caller, Needs } from '../http/access';
import { InjectDeps } from '../http/deps-token';
import { Fails } from '../http/fails';
import {
  AdminUserListResponse,
  AdminUserResponse,
  toAdminUserListResponse,
  toAdminUserResponse,
  toUserChange,
  UpdateUserBody,
  UsersQuery,
} from './users.wire';

@ApiTags('admin')
@Needs('admin')
@Controller('api/admin/users')
export class AdminUsersController {
  constructor(@InjectDeps() private readonly deps: Deps) {}

  @Get()
  @ApiOkResponse({ type: AdminUserListResponse })
  @Fails('invalid_request')
  async list(@Query() { limit, cursor, search }: UsersQuery): Promise<AdminUserListResponse> {
    return toAdminUserListResponse(await listUsers({ limit, cursor, search }, this.deps));
  }

  @Get(':id')
  @ApiOkResponse({ type: AdminUserResponse })
  @Fails('not_found')
  async get(@Param('id') id: string): Promise<AdminUserResponse> {
    return toAdminUserResponse(await readUser(this.deps.db, id));
  }

  @Patch(':id')
  @ApiOkResponse({ type: AdminUserResponse })
  @Fails('invalid_request', 'not_found', 'last_owner')
  async update(
    @Caller() principal: Principal,
    @Param('id') userId: string,
    @Body() body: UpdateUserBody,
  ): Promise<AdminUserResponse> {
    const change = toUserChange(body);
    return toAdminUserResponse(await updateUser(principal, { userId, change }, this.deps));
  }
}
