import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { ApiKey } from '@slipway/core/api-keys/api-key.entity';
import type { CreatedApiKey, NewApiKey } from '@slipway/core/api-keys/create-api-key';
import { SCOPES, type Scope } from '@slipway/core/shared/scope';
import { ArrayMinSize, ArrayUnique, IsArray, IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { IsDisplayName } from '../http/display-name';
import { IsTimestamp } from '../http/timestamp';

export class CreateApiKeyBody {
  @ApiProperty({ minLength: 1, maxLength: 100 })
  @IsDisplayName(100)
  name: string;

  @ApiProperty({ enum: SCOPES, isArray: true, minItems: 1, description: '`admin` only by an administrator' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(SCOPES, { each: true })
  scopes: Scope[];

  @ApiPropertyOptional({ type: String, nullable: true, description: 'The only project it opens; null: all' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  project_id?: string | null;

  @ApiPropertyOptional({ type: String, format: 'date-time', nullable: true, description: 'Null: never ends' })
  @IsOptional()
  @IsTimestamp()
  expires_at?: Date | null;
}

export class ApiKeyResponse {
  @ApiProperty({ example: 'KEY-01K9ZD2J6H9CF0QW5T1R4V7XYZ' })
  id: string;

  @ApiProperty()
  name: string;

  @ApiProperty({ example: 'slw_7dKq', description: 'The first characters, to tell keys apart' })
  prefix: string;

  @ApiProperty({ enum: SCOPES, isArray: true })
  scopes: Scope[];

  @ApiProperty({ type: String, nullable: true })
  project_id: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  expires_at: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'To the minute' })
  last_used_at: string | null;

  @ApiProperty({ format: 'date-time' })
  created_at: string;
}

export class CreatedApiKeyResponse extends ApiKeyResponse {
  @ApiProperty({ example: 'slw_…', description: 'Never shown again' })
  key: string;
}

export class ApiKeyListResponse {
  @ApiProperty({ type: [ApiKeyResponse] })
  data: ApiKeyResponse[];
}

export const toNewApiKey = ({ name, scopes, project_id, expires_at }: CreateApiKeyBody): NewApiKey => ({
  name,
  scopes,
  projectId: project_id ?? null,
  expiresAt: expires_at ?? null,
});

export const toApiKeyResponse = (apiKey: ApiKey): ApiKeyResponse => ({
  id: apiKey.id,
  name: apiKey.name,
  prefix: apiKey.prefix,
  scopes: apiKey.scopes,
  project_id: apiKey.projectId,
  expires_at: apiKey.expiresAt?.toISOString() ?? null,
  last_used_at: apiKey.lastUsedAt?.toISOString() ?? null,
  created_at: apiKey.createdAt.toISOString(),
});

export const toCreatedApiKeyResponse = ({ apiKey, text }: CreatedApiKey): CreatedApiKeyResponse =>
  Object.assign(toApiKeyResponse(apiKey), { key: text });
