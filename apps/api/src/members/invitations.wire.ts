import { ApiProperty } from '@nestjs/swagger';
import type { Invitation } from '@slipway/core/members/invitation.entity';
import type { MyInvitation } from '@slipway/core/members/my-invitations';
import { PROJECT_ROLES, type ProjectRole } from '@slipway/core/shared/project-role';
import { IsBoolean, IsString, MaxLength } from 'class-validator';

export class InvitationResponse {
  @ApiProperty()
  id: string;

  @ApiProperty({ format: 'email', description: 'In lower case' })
  email: string;

  @ApiProperty({ enum: PROJECT_ROLES })
  role: ProjectRole;

  @ApiProperty({ description: 'The account that invites' })
  invited_by: string;

  @ApiProperty({ format: 'date-time' })
  created_at: string;

  @ApiProperty({ format: 'date-time' })
  expires_at: string;
}

export class InvitationListResponse {
  @ApiProperty({ type: [InvitationResponse], description: 'At most 200' })
  data: InvitationResponse[];
}

export class MyInvitationResponse {
  @ApiProperty()
  id: string;

  @ApiProperty()
  project_id: string;

  @ApiProperty()
  project_name: string;

  @ApiProperty({ enum: PROJECT_ROLES })
  role: ProjectRole;

  @ApiProperty({ description: 'What whoever invites is called' })
  invited_by: string;

  @ApiProperty({ format: 'date-time' })
  expires_at: string;
}

export class MyInvitationListResponse {
  @ApiProperty({ type: [MyInvitationResponse], description: 'The newest 100' })
  data: MyInvitationResponse[];
}

export class AnswerInvitationBody {
  @ApiProperty()
  @IsBoolean()
  accept: boolean;
}

export class AcceptInvitationBody {
  @ApiProperty({ description: 'Of the mailed link' })
  @IsString()
  @MaxLength(100)
  token: string;
}

export const toInvitationResponse = (invitation: Invitation): InvitationResponse => ({
  id: invitation.id,
  email: invitation.email,
  role: invitation.role,
  invited_by: invitation.invitedBy,
  created_at: invitation.createdAt.toISOString(),
  expires_at: invitation.expiresAt.toISOString(),
});

export const toMyInvitationResponse = (invitation: MyInvitation): MyInvitationResponse => ({
  id: invitation.id,
  project_id: invitation.projectId,
  project_name: invitation.projectName,
  role: invitation.role,
  invited_by: invitation.invitedBy,
  expires_at: invitation.expiresAt.toISOString(),
});
