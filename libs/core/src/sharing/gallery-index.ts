import { objectKey, type ObjectKey } from '@slipway/platform/object-store/object-key';
import type { Asset } from '../assets/asset.entity';
import type { Project } from '../projects/project.entity';
import type { Deps } from '../shared/deps';
import { galleryUrl } from './gallery-url';

export interface CopiedGallery {
  slug: string;
  project: Project;
  assets: readonly Asset[];
  /** Keys of the thumbnails that are there, by asset. */
  thumbnails: ReadonlyMap<string, ObjectKey>;
}

/** `index.json`: what everybody may know of a gallery. Nothing in it is signed, and nothing ends by itself. */
export function galleryIndex(
  { slug, project, assets, thumbnails }: CopiedGallery,
  { clock, settings }: Pick<Deps, 'clock' | 'settings'>,
): Buffer {
  const prefix = objectKey.galleryPrefix(slug);
  const index = {
    name: project.name,
    url: galleryUrl(settings.publicUrl, slug),
    published_at: clock.now().toISOString(),
    data: assets.map((asset) => ({
      id: asset.id,
      name: asset.name,
      content_type: asset.contentType,
      file_size: asset.fileSize,
      width: asset.width,
      height: asset.height,
      // Beside the index, wherever a bucket or a CDN shows that.
      thumbnail: thumbnails.get(asset.id)?.slice(prefix.length) ?? null,
    })),
  };
  return Buffer.from(JSON.stringify(index));
}
