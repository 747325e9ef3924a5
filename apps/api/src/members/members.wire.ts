import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Member } from '@slipway/core/members/read-members';
import type { Page } from '@slipway/core/shared/page';
import { PROJECT_ROLES, type ProjectRole } from '@slipway/core/shared/project-role';
import { Transform } from 'class-transformer';
import {
  IsEmail,
  IsIn,
  IsString,
  MaxLength,
  ValidateBy,
  ValidateIf,
  type ValidationArguments,
} from 'class-validator';

export class ChangeMemberBody {
  @ApiProperty({ enum: PROJECT_ROLES })
  @IsIn(PROJECT_ROLES)
  role: ProjectRole;
}

const IsGivenInsteadOfEmail = () =>
  ValidateBy({
    name: 'isGivenInsteadOfEmail',
    validator: {
      validate: (value: unknown, { object }: ValidationArguments) => {
        const { email } = object as AddMemberBody;
        return email === undefined ? typeof value === 'string' && value.length <= 40 : value === undefined;
      },
      defaultMessage: () => 'must be given where there is no email, and only there',
    },
  });

/** Exactly one of `user_id` and `email`. */
export class AddMemberBody extends ChangeMemberBody {
  @ApiPropertyOptional({ description: 'An account: it is a member at once' })
  @IsGivenInsteadOfEmail()
  user_id?: string;

  @ApiPropertyOptional({ format: 'email', maxLength: 254, description: 'Is sent an invitation' })
  @ValidateIf((_, value) => value !== undefined)
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  @IsEmail()
  @MaxLength(254)
  email?: string;
}

export class MemberPath {
  @ApiProperty()
  @IsString()
  id: string;

  @ApiProperty()
  @IsString()
  user_id: string;
}

export class MemberResponse {
  @ApiProperty()
  user_id: string;

  @ApiProperty()
  name: string;

  @ApiProperty({ format: 'email' })
  email: string;

  @ApiProperty({ enum: PROJECT_ROLES })
  role: ProjectRole;

  @ApiProperty({ description: 'Whether the project’s files count against their quota' })
  is_payer: boolean;

  @ApiProperty({ format: 'date-time' })
  joined_at: string;
}

export class MemberListResponse {
  @ApiProperty({ type: [MemberResponse] })
  data: MemberResponse[];

  @ApiProperty({ type: String, nullable: true })
  next_cursor: string | null;
}

export const toMemberResponse = (member: Member): MemberResponse => ({
  user_id: member.userId,
  name: member.name,
  email: member.email,
  role: member.role,
  is_payer: member.isPayer,
  joined_at: member.joinedAt.toISOString(),
});

export const toMemberListResponse = ({ rows, nextCursor }: Page<Member>): MemberListResponse => ({
  data: rows.map(toMemberResponse),
  next_cursor: nextCursor,
});
