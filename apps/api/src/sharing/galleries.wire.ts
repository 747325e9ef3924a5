import { ApiProperty } from '@nestjs/swagger';
import { type AssetUrls, assetUrls, type SigningContext } from '@slipway/core/assets/asset-urls';
import type { Asset } from '@slipway/core/assets/asset.entity';
import { galleryUrl } from '@slipway/core/sharing/gallery-url';
import type { GalleryPage } from '@slipway/core/sharing/list-gallery';
import type { Gallery } from '@slipway/core/sharing/publish-gallery';
import { IsString, Matches } from 'class-validator';

export class PublishGalleryBody {
  @ApiProperty({ pattern: '^[a-z0-9-]{3,60}$', example: 'harbour-2026' })
  @IsString()
  @Matches(/^[a-z0-9-]{3,60}$/, { message: 'must be 3 to 60 of a to z, 0 to 9 and hyphens' })
  slug: string;
}

export class GalleryResponse {
  @ApiProperty()
  slug: string;

  @ApiProperty({ description: 'Where people see it' })
  url: string;
}

export class ProjectGalleryResponse {
  @ApiProperty({ type: GalleryResponse, nullable: true, description: 'Null where there is none' })
  gallery: GalleryResponse | null;
}

/** Names nobody, and nothing that is not public. */
export class GalleryAssetResponse {
  @ApiProperty()
  id: string;

  @ApiProperty()
  name: string;

  @ApiProperty()
  content_type: string;

  @ApiProperty({ description: 'Bytes' })
  file_size: number;

  @ApiProperty({ type: Number, nullable: true, description: 'Pixels, as seen' })
  width: number | null;

  @ApiProperty({ type: Number, nullable: true, description: 'Pixels, as seen' })
  height: number | null;

  @ApiProperty({ type: String, nullable: true, description: 'Signed; null where there is none' })
  thumbnail_url: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Signed' })
  access_url: string | null;

  @ApiProperty({ format: 'date-time' })
  url_expires_at: string;
}

export class GalleryPageResponse {
  @ApiProperty()
  slug: string;

  @ApiProperty({ description: 'Of the project' })
  name: string;

  @ApiProperty({
    type: [GalleryAssetResponse],
    description: 'May be fewer than `limit`, where public assets are withheld',
  })
  data: GalleryAssetResponse[];

  @ApiProperty({ type: String, nullable: true })
  next_cursor: string | null;
}

export const toGalleryResponse = ({ slug }: Gallery, publicUrl: string): GalleryResponse => ({
  slug,
  url: galleryUrl(publicUrl, slug),
});

const toGalleryAssetResponse = (asset: Asset, urls: AssetUrls): GalleryAssetResponse => ({
  id: asset.id,
  name: asset.name,
  content_type: asset.contentType,
  file_size: asset.fileSize,
  width: asset.width,
  height: asset.height,
  thumbnail_url: urls.thumbnailUrl,
  access_url: urls.accessUrl,
  url_expires_at: urls.expiresAt.toISOString(),
});

export const toGalleryPageResponse = (page: GalleryPage, context: SigningContext): GalleryPageResponse => ({
  slug: page.slug,
  name: page.name,
  data: page.rows.map((visible) => toGalleryAssetResponse(visible.asset, assetUrls(visible, context))),
  next_cursor: page.nextCursor,
});
