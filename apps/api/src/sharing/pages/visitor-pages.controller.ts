import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { assetUrls, openSigningContext } from '@slipway/core/assets/asset-urls';
import type { Deps } from '@slipway/core/shared/deps';
import { type Origin, visitor } from '@slipway/core/shared/principal';
import { linkUrl } from '@slipway/core/sharing/link-token';
import { listGallery } from '@slipway/core/sharing/list-gallery';
import { lookAtLink, openLink, type SharedFile } from '@slipway/core/sharing/open-link';
import { qrCodeSvg } from '@slipway/platform/media/qr/qr-code';
import type { FastifyReply } from 'fastify';
import { CallOrigin, Public } from '../../http/access';
import { addressBlock } from '../../http/address-block';
import { InjectDeps } from '../../http/deps-token';
import { GuessingLimit, PageRate } from '../../http/rate-limit';
import { OpenLinkBody } from '../links.wire';
import type { PageContent } from './document';
import { galleryPage } from './gallery-page';
import { GalleryPageQuery } from './gallery-page-query';
import { noticePage } from './notice-page';
import { sendPage } from './send-page';
import { sharePage } from './share-page';

/** Few enough for a phone, many enough for a wall. */
const GALLERY_LIMIT = 60;

/** Pages for people without an account. */
@ApiExcludeController()
@Public()
@Controller()
export class VisitorPagesController {
  constructor(@InjectDeps() private readonly deps: Deps) {}

  @PageRate()
  @Get('s/:token')
  async share(
    @CallOrigin() origin: Origin,
    @Param('token') token: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const page = lookAtLink(origin, { token }, this.deps).then((file) => this.shareContent(token, file));
    return sendPage(reply, await page.catch(noticePage), this.deps);
  }

  /** The same page when the password is given; the script puts it in place of the question. Fails as the API does. */
  @GuessingLimit()
  @HttpCode(200)
  @Post('s/:token')
  async unlock(
    @CallOrigin() origin: Origin,
    @Param('token') token: string,
    @Body() { password = null }: OpenLinkBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const shown = { token, password, addressBlock: addressBlock(origin.ip ?? '') };
    const file = await openLink(origin, shown, this.deps);
    return sendPage(reply, await this.shareContent(token, file), this.deps);
  }

  @PageRate()
  @Get('g/:slug')
  async gallery(
    @CallOrigin() origin: Origin,
    @Param('slug') slug: string,
    @Query() { cursor }: GalleryPageQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const page = this.galleryContent(origin, slug, cursor);
    return sendPage(reply, await page.catch(noticePage), this.deps);
  }

  private async shareContent(
    token: string,
    file: SharedFile | null,
  ): Promise<PageContent & { status: number }> {
    const qrCode = await qrCodeSvg(linkUrl(this.deps.settings.publicUrl, token));
    return sharePage({ token, file, qrCode });
  }

  private async galleryContent(
    origin: Origin,
    slug: string,
    cursor: string | undefined,
  ): Promise<PageContent & { status: number }> {
    const everybody = visitor(origin);
    const page = await listGallery(everybody, { slug, limit: GALLERY_LIMIT, cursor }, this.deps);
    const context = await openSigningContext(everybody, this.deps);
    const items = page.rows.map((visible) => ({ asset: visible.asset, urls: assetUrls(visible, context) }));
    return galleryPage({ ...page, items, isFirst: cursor === undefined });
  }
}
