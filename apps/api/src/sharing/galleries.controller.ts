import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { openSigningContext } from '@slipway/core/assets/asset-urls';
import type { Deps } from '@slipway/core/shared/deps';
import { type Origin, type Principal, visitor } from '@slipway/core/shared/principal';
import { endGallery } from '@slipway/core/sharing/end-gallery';
import { findGallery } from '@slipway/core/sharing/find-gallery';
import { listGallery } from '@slipway/core/sharing/list-gallery';
import { publishGallery } from '@slipway/core/sharing/publish-gallery';
import { Caller, CallOrigin, Needs, Public } from '../http/access';
import { InjectDeps } from '../http/deps-token';
import { Fails } from '../http/fails';
import { PageQuery } from '../http/page-query';
import {
  GalleryPageResponse,
  GalleryResponse,
  ProjectGalleryResponse,
  PublishGalleryBody,
  toGalleryPageResponse,
  toGalleryResponse,
} from './galleries.wire';

@ApiTags('galleries')
@Controller('api')
export class GalleriesController {
  constructor(@InjectDeps() private readonly deps: Deps) {}

  /** A member sees no more here than everybody does. */
  @Public()
  @Get('galleries/:slug')
  @ApiOkResponse({ type: GalleryPageResponse })
  @Fails('invalid_request', 'not_found')
  async list(
    @CallOrigin() origin: Origin,
    @Param('slug') slug: string,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<GalleryPageResponse> {
    const everybody = visitor(origin);
    const page = await listGallery(everybody, { slug, limit, cursor }, this.deps);
    return toGalleryPageResponse(page, await openSigningContext(everybody, this.deps));
  }

  @Needs('project.manage')
  @Get('projects/:id/gallery')
  @ApiOkResponse({ type: ProjectGalleryResponse })
  async get(@Caller() principal: Principal, @Param('id') projectId: string): Promise<ProjectGalleryResponse> {
    const gallery = await findGallery(principal, projectId, this.deps);
    return { gallery: gallery && toGalleryResponse(gallery, this.deps.settings.publicUrl) };
  }

  @Needs('project.manage')
  @Put('projects/:id/gallery')
  @ApiOkResponse({ type: GalleryResponse, description: 'What is public in the project is public here' })
  @Fails('invalid_request', 'not_found', 'slug_taken')
  async publish(
    @Caller() principal: Principal,
    @Param('id') projectId: string,
    @Body() { slug }: PublishGalleryBody,
  ): Promise<GalleryResponse> {
    const gallery = await publishGallery(principal, { projectId, slug }, this.deps);
    return toGalleryResponse(gallery, this.deps.settings.publicUrl);
  }

  @Needs('project.manage')
  @HttpCode(204)
  @Delete('projects/:id/gallery')
  @ApiNoContentResponse()
  @Fails('not_found')
  end(@Caller() principal: Principal, @Param('id') projectId: string): Promise<void> {
    return endGallery(principal, projectId, this.deps);
  }
}
