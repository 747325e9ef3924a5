import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiExtraModels,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import { addMember } from '@slipway/core/members/add-member';
import { changeMember } from '@slipway/core/members/change-member';
import { invite } from '@slipway/core/members/invite';
import { listInvitations } from '@slipway/core/members/list-invitations';
import { listMembers } from '@slipway/core/members/list-members';
import { removeMember } from '@slipway/core/members/remove-member';
import { withdrawInvitation } from '@slipway/core/members/withdraw-invitation';
import type { Deps } from '@slipway/core/shared/deps';
import type { Principal } from '@slipway/core/shared/principal';
import { Caller, Needs } from '../http/access';
import { InjectDeps } from '../http/deps-token';
import { Fails } from '../http/fails';
import { PageQuery } from '../http/page-query';
import { InvitationListResponse, InvitationResponse, toInvitationResponse } from './invitations.wire';
import {
  AddMemberBody,
  ChangeMemberBody,
  MemberListResponse,
  MemberPath,
  MemberResponse,
  toMemberListResponse,
  toMemberResponse,
} from './members.wire';

const MEMBER_OR_INVITATION = {
  oneOf: [{ $ref: getSchemaPath(MemberResponse) }, { $ref: getSchemaPath(InvitationResponse) }],
};

@ApiTags('members')
@Controller('api/projects/:id')
export class MembersController {
  constructor(@InjectDeps() private readonly deps: Deps) {}

  @Needs('project.read')
  @Get('members')
  @ApiOkResponse({ type: MemberListResponse })
  @Fails('invalid_request')
  async list(
    @Caller() principal: Principal,
    @Param('id') projectId: string,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<MemberListResponse> {
    return toMemberListResponse(await listMembers(principal, { projectId, limit, cursor }, this.deps));
  }

  @Needs('members.manage')
  @Post('members')
  @ApiExtraModels(MemberResponse, InvitationResponse)
  @ApiCreatedResponse({
    schema: MEMBER_OR_INVITATION,
    description: 'A member for a `user_id`; for an `email` an invitation, alike whether there is an account',
  })
  @Fails('invalid_request', 'already_member', 'quota_exceeded')
  async add(
    @Caller() principal: Principal,
    @Param('id') projectId: string,
    @Body() { user_id: userId, email, role }: AddMemberBody,
  ): Promise<MemberResponse | InvitationResponse> {
    if (email !== undefined) {
      return toInvitationResponse(await invite(principal, { projectId, email, role }, this.deps));
    }
    return toMemberResponse(await addMember(principal, { projectId, userId: userId ?? '', role }, this.deps));
  }

  @Needs('members.manage')
  @Patch('members/:user_id')
  @ApiOkResponse({ type: MemberResponse })
  @Fails('invalid_request', 'last_owner')
  async change(
    @Caller() principal: Principal,
    @Param() { id: projectId, user_id: userId }: MemberPath,
    @Body() { role }: ChangeMemberBody,
  ): Promise<MemberResponse> {
    return toMemberResponse(await changeMember(principal, { projectId, userId, role }, this.deps));
  }

  /** Oneself needs no more than to be a member. */
  @Needs('members.manage')
  @HttpCode(204)
  @Delete('members/:user_id')
  @ApiNoContentResponse({
    description: 'Of oneself: has left, which needs no role and is possible in the archive',
  })
  @Fails('last_owner')
  async remove(
    @Caller() principal: Principal,
    @Param('id') projectId: string,
    @Param('user_id') userId: string,
  ): Promise<void> {
    await removeMember(principal, { projectId, userId }, this.deps);
  }

  @Needs('members.manage')
  @Get('invitations')
  @ApiOkResponse({ type: InvitationListResponse })
  async invitations(
    @Caller() principal: Principal,
    @Param('id') projectId: string,
  ): Promise<InvitationListResponse> {
    const invitations = await listInvitations(principal, projectId, this.deps);
    return { data: invitations.map(toInvitationResponse) };
  }

  @Needs('members.manage')
  @HttpCode(204)
  @Delete('invitations/:invitation_id')
  @ApiNoContentResponse()
  async withdraw(
    @Caller() principal: Principal,
    @Param('id') projectId: string,
    @Param('invitation_id') invitationId: string,
  ): Promise<void> {
    await withdrawInvitation(principal, { projectId, invitationId }, this.deps);
  }
}
