import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Session } from '@slipway/core/accounts/session.entity';
import { IsBoolean, IsOptional } from 'class-validator';

export class LogOutBody {
  @ApiPropertyOptional({ default: false, description: 'On every device, and with every token' })
  @IsOptional()
  @IsBoolean()
  everywhere?: boolean;
}

export class DeviceSessionResponse {
  @ApiProperty({ example: 'SES-01K9ZD2J6H9CF0QW5T1R4V7XYZ' })
  id: string;

  @ApiProperty({ type: String, nullable: true })
  user_agent: string | null;

  @ApiProperty({ type: String, nullable: true })
  ip: string | null;

  @ApiProperty({ format: 'date-time' })
  created_at: string;

  @ApiProperty({ format: 'date-time', description: 'When it last renewed its tokens' })
  last_used_at: string;

  @ApiProperty({ description: 'Whether it is the one that asks' })
  current: boolean;
}

export class DeviceSessionListResponse {
  @ApiProperty({ type: [DeviceSessionResponse] })
  data: DeviceSessionResponse[];
}

export const toDeviceSessionResponse = (
  session: Session,
  currentId: string | null,
): DeviceSessionResponse => ({
  id: session.id,
  user_agent: session.userAgent,
  ip: session.ip,
  created_at: session.createdAt.toISOString(),
  last_used_at: session.lastUsedAt.toISOString(),
  current: session.id === currentId,
});
