import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { ListedTier } from '@slipway/core/admin/list-tiers';
import type { Tier } from '@slipway/core/admin/tier.entity';
import { IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator';

const WEEK_SECONDS = 7 * 24 * 60 * 60;

export class TierPath {
  @ApiProperty({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$' })
  @IsString()
  @Matches(/^[a-z0-9][a-z0-9-]{0,39}$/, {
    message: 'must be 1 to 40 small letters, digits and hyphens, and begin with no hyphen',
  })
  name: string;
}

/** A limit that is left out is none. */
export class TierBody {
  @ApiProperty({ minimum: 0, description: 'Of all projects that an account pays for. Bytes' })
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  max_bytes: number;

  @ApiProperty({ minimum: 1, description: 'Of one file. Bytes' })
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  max_file_size: number;

  @ApiPropertyOptional({ type: Number, nullable: true, minimum: 0 })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  max_files?: number | null;

  @ApiPropertyOptional({ type: Number, nullable: true, minimum: 0, description: 'Of one project. Bytes' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  max_project_bytes?: number | null;

  @ApiPropertyOptional({ type: Number, nullable: true, minimum: 0, description: 'Of one project' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  max_project_files?: number | null;

  @ApiPropertyOptional({
    type: Number,
    nullable: true,
    minimum: 1,
    maximum: 1_000_000,
    description: 'Null: as configured',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  requests_per_minute?: number | null;

  @ApiPropertyOptional({
    type: Number,
    nullable: true,
    minimum: 60,
    maximum: WEEK_SECONDS,
    description: 'The longest life of a signed URL; null: as long as a storage allows',
  })
  @IsOptional()
  @IsInt()
  @Min(60)
  @Max(WEEK_SECONDS)
  max_access_url_seconds?: number | null;
}

export class TierResponse {
  @ApiProperty()
  name: string;

  @ApiProperty({ description: 'Bytes' })
  max_bytes: number;

  @ApiProperty({ description: 'Bytes' })
  max_file_size: number;

  @ApiProperty({ type: Number, nullable: true })
  max_files: number | null;

  @ApiProperty({ type: Number, nullable: true, description: 'Bytes' })
  max_project_bytes: number | null;

  @ApiProperty({ type: Number, nullable: true })
  max_project_files: number | null;

  @ApiProperty({ type: Number, nullable: true })
  requests_per_minute: number | null;

  @ApiProperty({ type: Number, nullable: true })
  max_access_url_seconds: number | null;

  @ApiProperty({ description: 'Accounts that have it' })
  users: number;
}

export class TierListResponse {
  @ApiProperty({ type: [TierResponse] })
  data: TierResponse[];
}

export const toTier = (name: string, body: TierBody): Tier => ({
  name,
  maxBytes: body.max_bytes,
  maxFileSize: body.max_file_size,
  maxFiles: body.max_files ?? null,
  maxProjectBytes: body.max_project_bytes ?? null,
  maxProjectFiles: body.max_project_files ?? null,
  requestsPerMinute: body.requests_per_minute ?? null,
  maxAccessUrlSeconds: body.max_access_url_seconds ?? null,
});

export const toTierResponse = ({ tier, users }: ListedTier): TierResponse => ({
  name: tier.name,
  max_bytes: tier.maxBytes,
  max_file_size: tier.maxFileSize,
  max_files: tier.maxFiles,
  max_project_bytes: tier.maxProjectBytes,
  max_project_files: tier.maxProjectFiles,
  requests_per_minute: tier.requestsPerMinute,
  max_access_url_seconds: tier.maxAccessUrlSeconds,
  users,
});
