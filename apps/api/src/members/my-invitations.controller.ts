import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { acceptInvitation, answerInvitation } from '@slipway/core/members/answer-invitation';
import { myInvitations } from '@slipway/core/members/my-invitations';
import type { Deps } from '@slipway/core/shared/deps';
import type { Principal } from '@slipway/core/shared/principal';
import { Caller, Needs } from '../http/access';
import { InjectDeps } from '../http/deps-token';
import { Fails } from '../http/fails';
import { ProjectResponse, toProjectResponse } from '../projects/projects.wire';
import {
  AcceptInvitationBody,
  AnswerInvitationBody,
  MyInvitationListResponse,
  toMyInvitationResponse,
} from './invitations.wire';

@ApiTags('members')
@Needs('account')
@Controller('api')
export class MyInvitationsController {
  constructor(@InjectDeps() private readonly deps: Deps) {}

  @Get('me/invitations')
  @ApiOkResponse({ type: MyInvitationListResponse })
  async list(@Caller() principal: Principal): Promise<MyInvitationListResponse> {
    return { data: (await myInvitations(principal, this.deps)).map(toMyInvitationResponse) };
  }

  @HttpCode(204)
  @Post('me/invitations/:id')
  @ApiNoContentResponse()
  @Fails('invalid_request', 'email_unverified', 'not_found', 'project_archived')
  async answer(
    @Caller() principal: Principal,
    @Param('id') invitationId: string,
    @Body() { accept }: AnswerInvitationBody,
  ): Promise<void> {
    await answerInvitation(principal, { invitationId, accept }, this.deps);
  }

  @HttpCode(200)
  @Post('invitations/accept')
  @ApiOkResponse({ type: ProjectResponse })
  @Fails('invalid_request', 'email_unverified', 'forbidden', 'project_archived', 'link_invalid')
  async accept(
    @Caller() principal: Principal,
    @Body() { token }: AcceptInvitationBody,
  ): Promise<ProjectResponse> {
    const entered = await acceptInvitation(principal, { token }, this.deps);
    return toProjectResponse(entered, this.deps.settings.publicUrl);
  }
}
