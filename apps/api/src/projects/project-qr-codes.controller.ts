import { Controller, Get, Header, Param, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { projectUrl } from '@slipway/core/projects/project-url';
import { requireProject } from '@slipway/core/projects/require-project';
import type { Deps } from '@slipway/core/shared/deps';
import type { Principal } from '@slipway/core/shared/principal';
import { qrCodePng, qrCodeSvg } from '@slipway/platform/media/qr/qr-code';
import { Caller, Needs } from '../http/access';
import { InjectDeps } from '../http/deps-token';
import { Fails } from '../http/fails';

const PNG_SIZE = 512;

@ApiTags('projects')
@Needs('project.read')
@Controller('api/projects/:id')
export class ProjectQrCodesController {
  constructor(@InjectDeps() private readonly deps: Deps) {}

  @Get('qr-code.png')
  @Header('content-type', 'image/png')
  @ApiProduces('image/png')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @Fails('not_found')
  async png(@Caller() principal: Principal, @Param('id') id: string): Promise<StreamableFile> {
    return new StreamableFile(await qrCodePng(await this.urlOf(principal, id), { size: PNG_SIZE }));
  }

  @Get('qr-code.svg')
  @Header('content-type', 'image/svg+xml')
  @ApiProduces('image/svg+xml')
  @ApiOkResponse({ schema: { type: 'string' } })
  @Fails('not_found')
  async svg(@Caller() principal: Principal, @Param('id') id: string): Promise<string> {
    return qrCodeSvg(await this.urlOf(principal, id));
  }

  private async urlOf(principal: Principal, id: string): Promise<string> {
    const { project } = await requireProject(principal, { projectId: id, right: 'project.read' }, this.deps);
    return projectUrl(this.deps.settings.publicUrl, project.id);
  }
}
