import { ApiProperty } from '@nestjs/swagger';
import type { User } from '@slipway/core/accounts/user.entity';
import { Transform } from 'class-transformer';
import { IsEmail, IsString, Length, MaxLength } from 'class-validator';
import { IsDisplayName } from '../http/display-name';
import type { IssuedToken } from '../http/access-tokens';

const trimmed = () =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));

export class EmailBody {
  @ApiProperty({ format: 'email', maxLength: 254 })
  @trimmed()
  @IsEmail()
  @MaxLength(254)
  email: string;
}

export class LogInBody extends EmailBody {
  @ApiProperty({ maxLength: 256, format: 'password' })
  @IsString()
  @Length(1, 256)
  password: string;
}

export class SignUpBody extends EmailBody {
  @ApiProperty({
    minLength: 8,
    maxLength: 256,
    format: 'password',
    description: 'Not one of the most common ones, nor name or address',
  })
  @IsString()
  @Length(8, 256)
  password: string;

  @ApiProperty({ minLength: 1, maxLength: 100 })
  @IsDisplayName(100)
  name: string;
}

export class RenameBody {
  @ApiProperty({ minLength: 1, maxLength: 100 })
  @IsDisplayName(100)
  name: string;
}

export class ChangePasswordBody {
  @ApiProperty({ maxLength: 256, format: 'password' })
  @IsString()
  @Length(1, 256)
  current_password: string;

  @ApiProperty({ minLength: 8, maxLength: 256, format: 'password' })
  @IsString()
  @Length(8, 256)
  new_password: string;
}

export class UserResponse {
  @ApiProperty({ example: 'USR-01K9ZD2J6H9CF0QW5T1R4V7XYZ' })
  id: string;

  @ApiProperty({ format: 'email' })
  email: string;

  @ApiProperty()
  name: string;

  @ApiProperty({ enum: ['user', 'admin'] })
  role: 'user' | 'admin';

  @ApiProperty({ description: 'Whether the address is proven to be theirs' })
  email_verified: boolean;
}

export class SessionResponse {
  @ApiProperty()
  user: UserResponse;

  @ApiProperty()
  access_token: string;

  @ApiProperty({ enum: ['Bearer'] })
  token_type: 'Bearer';

  @ApiProperty({ description: 'Seconds' })
  expires_in: number;
}

export const toUserResponse = (user: User): UserResponse => ({
  id: user.id,
  email: user.email,
  name: user.name,
  role: user.role,
  email_verified: user.emailVerifiedAt !== null,
});

export const toSessionResponse = (user: User, token: IssuedToken): SessionResponse => ({
  user: toUserResponse(user),
  access_token: token.accessToken,
  token_type: 'Bearer',
  expires_in: token.expiresInSeconds,
});
