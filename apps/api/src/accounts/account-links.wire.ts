import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';

export class LinkTokenBody {
  @ApiProperty({ description: 'The end of the mailed link' })
  @IsString()
  @Length(1, 100)
  token: string;
}

export class ResetPasswordBody extends LinkTokenBody {
  @ApiProperty({ minLength: 8, maxLength: 256, format: 'password' })
  @IsString()
  @Length(8, 256)
  new_password: string;
}
