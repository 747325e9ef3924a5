import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { archiveProject } from '@slipway/core/projects/archive-project';
import { createProject } from '@slipway/core/projects/create-project';
import { type ListedProject, listProjects } from '@slipway/core/projects/list-projects';
import { reportUsage } from '@slipway/core/projects/report-usage';
import { requireProject } from '@slipway/core/projects/require-project';
import { transferProject } from '@slipway/core/projects/transfer-project';
import { updateProject } from '@slipway/core/projects/update-project';
import type { Deps } from '@slipway/core/shared/deps';
import type { Principal } from '@slipway/core/shared/principal';
import { Caller, Needs } from '../http/access';
import { InjectDeps } from '../http/deps-token';
import { Fails } from '../http/fails';
import { PageQuery } from '../http/page-query';
import { ProjectUsageResponse, toProjectUsageResponse } from './project-usage.wire';
import {
  CreateProjectBody,
  ProjectListResponse,
  ProjectResponse,
  toProjectListResponse,
  toProjectResponse,
  TransferProjectBody,
  UpdateProjectBody,
} from './projects.wire';

@ApiTags('projects')
@Controller('api/projects')
export class ProjectsController {
  constructor(@InjectDeps() private readonly deps: Deps) {}

  @Needs('projects.create')
  @Post()
  @ApiCreatedResponse({ type: ProjectResponse })
  @Fails('invalid_request')
  async create(@Caller() principal: Principal, @Body() body: CreateProjectBody): Promise<ProjectResponse> {
    return this.respond(await createProject(principal, body, this.deps));
  }

  @Needs('projects.list')
  @Get()
  @ApiOkResponse({ type: ProjectListResponse })
  @Fails('invalid_request')
  async list(@Caller() principal: Principal, @Query() query: PageQuery): Promise<ProjectListResponse> {
    const page = await listProjects(principal, query, this.deps);
    return toProjectListResponse(page, this.deps.settings.publicUrl);
  }

  @Needs('project.read')
  @Get(':id')
  @ApiOkResponse({ type: ProjectResponse })
  @Fails('not_found')
  async get(@Caller() principal: Principal, @Param('id') id: string): Promise<ProjectResponse> {
    return this.respond(await requireProject(principal, { projectId: id, right: 'project.read' }, this.deps));
  }

  @Needs('project.manage')
  @Patch(':id')
  @ApiOkResponse({ type: ProjectResponse })
  @Fails('invalid_request', 'not_found')
  async update(
    @Caller() principal: Principal,
    @Param('id') projectId: string,
    @Body() change: UpdateProjectBody,
  ): Promise<ProjectResponse> {
    return this.respond(await updateProject(principal, { projectId, change }, this.deps));
  }

  @Needs('project.read')
  @Get(':id/usage')
  @ApiOkResponse({ type: ProjectUsageResponse })
  @Fails('not_found')
  async usage(@Caller() principal: Principal, @Param('id') id: string): Promise<ProjectUsageResponse> {
    return toProjectUsageResponse(await reportUsage(principal, id, this.deps));
  }

  @Needs('project.archive')
  @HttpCode(200)
  @Post(':id/archive')
  @ApiOkResponse({ type: ProjectResponse, description: 'It is read from now on, and not changed' })
  async archive(@Caller() principal: Principal, @Param('id') projectId: string): Promise<ProjectResponse> {
    return this.respond(await archiveProject(principal, { projectId, archived: true }, this.deps));
  }

  @Needs('project.archive')
  @HttpCode(200)
  @Post(':id/unarchive')
  @ApiOkResponse({ type: ProjectResponse })
  async unarchive(@Caller() principal: Principal, @Param('id') projectId: string): Promise<ProjectResponse> {
    return this.respond(await archiveProject(principal, { projectId, archived: false }, this.deps));
  }

  @Needs('project.manage')
  @HttpCode(200)
  @Post(':id/transfer')
  @ApiOkResponse({ type: ProjectResponse, description: 'Another member pays' })
  @Fails('invalid_request', 'quota_exceeded')
  async transfer(
    @Caller() principal: Principal,
    @Param('id') projectId: string,
    @Body() { user_id: userId }: TransferProjectBody,
  ): Promise<ProjectResponse> {
    return this.respond(await transferProject(principal, { projectId, userId }, this.deps));
  }

  private respond(entered: ListedProject): ProjectResponse {
    return toProjectResponse(entered, this.deps.settings.publicUrl);
  }
}
