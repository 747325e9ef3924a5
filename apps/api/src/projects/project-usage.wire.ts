import { ApiProperty } from '@nestjs/swagger';
import type { ProjectUsage } from '@slipway/core/quotas/read-usage';

export class CounterResponse {
  @ApiProperty({ description: 'What is stored' })
  used: number;

  @ApiProperty({ description: 'What pending uploads have set aside' })
  reserved: number;

  @ApiProperty({ type: Number, nullable: true, description: 'Of both together; null: no limit' })
  limit: number | null;
}

export class UsageResponse {
  @ApiProperty({ description: 'Bytes' })
  storage: CounterResponse;

  @ApiProperty()
  files: CounterResponse;
}

export class ProjectUsageResponse extends UsageResponse {
  @ApiProperty({ description: 'Of the owner, in all their projects' })
  account: UsageResponse;
}

export const toProjectUsageResponse = ({ project, account }: ProjectUsage): ProjectUsageResponse => ({
  ...project,
  account,
});
