import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { UserChange } from '@slipway/core/admin/update-user';
import type { ManagedUser } from '@slipway/core/admin/user-row';
import type { Page } from '@slipway/core/shared/page';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateIf,
} from 'class-validator';
import { IsDisplayName } from '../http/display-name';
import { PageQuery } from '../http/page-query';

const isGiven = (_: unknown, value: unknown): boolean => value !== undefined;

export class UsersQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'What an address, a name or an id begins with', maxLength: 254 })
  @IsOptional()
  @IsDisplayName(254)
  search?: string;
}

/** What is left out stays as it is. */
export class UpdateUserBody {
  @ApiPropertyOptional()
  @ValidateIf(isGiven)
  @IsString()
  @MaxLength(40)
  tier?: string;

  @ApiPropertyOptional({ description: 'Ends every session; nobody signs in as them, nor by their API keys' })
  @ValidateIf(isGiven)
  @IsBoolean()
  suspended?: boolean;

  @ApiPropertyOptional({ enum: ['user', 'admin'] })
  @ValidateIf(isGiven)
  @IsIn(['user', 'admin'])
  role?: 'user' | 'admin';

  @ApiPropertyOptional({ type: Number, nullable: true, description: 'Bytes; null: the tier’s' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  max_bytes?: number | null;
}

export class AdminUserResponse {
  @ApiProperty()
  id: string;

  @ApiProperty({ format: 'email' })
  email: string;

  @ApiProperty()
  name: string;

  @ApiProperty({ enum: ['user', 'admin'] })
  role: 'user' | 'admin';

  @ApiProperty()
  tier: string;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'Bytes, in place of the tier’s; null: the tier’s',
  })
  max_bytes: number | null;

  @ApiProperty()
  email_verified: boolean;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  suspended_at: string | null;

  @ApiProperty({ format: 'date-time' })
  created_at: string;

  @ApiProperty({ description: 'Stored in all projects that they pay for' })
  used_bytes: number;

  @ApiProperty({ description: 'Set aside for pending uploads' })
  reserved_bytes: number;

  @ApiProperty()
  used_files: number;

  @ApiProperty()
  reserved_files: number;
}

export class AdminUserListResponse {
  @ApiProperty({
    type: [AdminUserResponse],
    description: 'Of a search, a page may have fewer than asked for, and another one follow',
  })
  data: AdminUserResponse[];

  @ApiProperty({ type: String, nullable: true })
  next_cursor: string | null;
}

export const toUserChange = ({ max_bytes: maxBytes, ...body }: UpdateUserBody): UserChange => ({
  ...body,
  ...(maxBytes !== undefined && { maxBytes }),
});

export const toAdminUserResponse = (user: ManagedUser): AdminUserResponse => ({
  id: user.id,
  email: user.email,
  name: user.name,
  role: user.role,
  tier: user.tier,
  max_bytes: user.maxBytes,
  email_verified: user.emailVerified,
  suspended_at: user.suspendedAt?.toISOString() ?? null,
  created_at: user.createdAt.toISOString(),
  used_bytes: user.usage.bytes,
  reserved_bytes: user.usage.reservedBytes,
  used_files: user.usage.files,
  reserved_files: user.usage.reservedFiles,
});

export const toAdminUserListResponse = ({ rows, nextCursor }: Page<ManagedUser>): AdminUserListResponse => ({
  data: rows.map(toAdminUserResponse),
  next_cursor: nextCursor,
});
