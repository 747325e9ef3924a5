import { withPrivateFile } from '@slipway/platform/media/isolated/private-file';
import type { Thumbnailer } from '@slipway/platform/media/thumbnailer';
import type { Asset } from '../assets/asset.entity';
import type { Deps } from '../shared/deps';
import { RenderingFailed, type Rendered } from './rendered';

export interface ThumbnailDeps {
  thumbnailer: Thumbnailer;
}

/** Throws `RenderingFailed`, `StorageError`, or the signal's reason. */
export async function renderThumbnail(
  { asset, signal }: { asset: Asset; signal?: AbortSignal | undefined },
  { objects, thumbnailer, settings }: Pick<Deps, 'objects' | 'settings'> & ThumbnailDeps,
): Promise<Rendered> {
  const source = await objects.openRead(asset.fileKey);
  const outcome = await withPrivateFile(source, { maxBytes: asset.fileSize, signal }, (file) =>
    thumbnailer.thumbnail({ file, contentType: asset.contentType }, settings.thumbnail, signal),
  );
  if (!outcome.ok) throw new RenderingFailed(outcome.message, outcome.permanent, { cause: outcome.detail });
  const { bytes, contentType, width, height, original } = outcome.result;
  return { body: bytes, contentType, width, height, original };
}
