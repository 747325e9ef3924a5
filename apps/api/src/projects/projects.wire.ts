import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import type { ListedProject } from '@slipway/core/projects/list-projects';
import { projectUrl } from '@slipway/core/projects/project-url';
import type { Page } from '@slipway/core/shared/page';
import { PROJECT_ROLES, type ProjectRole } from '@slipway/core/shared/project-role';
import { IsBoolean, IsOptional, IsString, MaxLength } from 'class-validator';
import { IsDisplayName } from '../http/display-name';

export class CreateProjectBody {
  @ApiProperty({ minLength: 1, maxLength: 100 })
  @IsDisplayName(100)
  name: string;

  @ApiPropertyOptional({
    description: 'Whether a file the project already has is taken from there instead of being sent',
    default: false,
  })
  @IsOptional()
  @IsBoolean()
  deduplicate?: boolean;

  @ApiPropertyOptional({
    description: 'Whether assets wait for somebody to publish them before viewers see them',
    default: false,
  })
  @IsOptional()
  @IsBoolean()
  review?: boolean;
}

/** What is left out stays as it is. */
export class UpdateProjectBody extends PartialType(CreateProjectBody, { skipNullProperties: false }) {}

export class TransferProjectBody {
  @ApiProperty({ description: 'A member: who pays from now on' })
  @IsString()
  @MaxLength(40)
  user_id: string;
}

export class ProjectResponse {
  @ApiProperty({ example: 'PRJ-01K9ZD2J6H9CF0QW5T1R4V7XYZ' })
  id: string;

  @ApiProperty()
  name: string;

  @ApiProperty({ description: 'Who pays: the member whose quota its files count against' })
  owner_id: string;

  @ApiProperty({ description: 'Whether a file the project already has is not sent again' })
  deduplicate: boolean;

  @ApiProperty({ description: 'Whether assets wait for somebody to publish them' })
  review: boolean;

  @ApiProperty({ enum: PROJECT_ROLES, nullable: true, description: 'The caller’s' })
  role: ProjectRole | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  archived_at: string | null;

  @ApiProperty({ description: 'Where the dashboard shows it; what its QR code says' })
  url: string;

  @ApiProperty({ format: 'date-time' })
  created_at: string;

  @ApiProperty({ format: 'date-time' })
  updated_at: string;
}

export class ProjectListResponse {
  @ApiProperty({ type: [ProjectResponse] })
  data: ProjectResponse[];

  @ApiProperty({ type: String, nullable: true })
  next_cursor: string | null;
}

export const toProjectResponse = ({ project, role }: ListedProject, publicUrl: string): ProjectResponse => ({
  id: project.id,
  name: project.name,
  owner_id: project.ownerId,
  deduplicate: project.deduplicate,
  review: project.review,
  role,
  archived_at: project.archivedAt?.toISOString() ?? null,
  url: projectUrl(publicUrl, project.id),
  created_at: project.createdAt.toISOString(),
  updated_at: project.updatedAt.toISOString(),
});

export const toProjectListResponse = (page: Page<ListedProject>, publicUrl: string): ProjectListResponse => ({
  data: page.rows.map((listed) => toProjectResponse(listed, publicUrl)),
  next_cursor: page.nextCursor,
});
