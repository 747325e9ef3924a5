import type { SignedUrl } from '@slipway/platform/object-store/url-signer';
import type { Asset } from '../assets/asset.entity';
import { signAccessUrl, signThumbnailUrl, type SigningContext } from '../assets/asset-urls';
import type { FoundLink } from './find-link';

/** Pictures that every browser draws. */
const DRAWN = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif']);

/** More than a phone should fetch for a look. Bytes. */
const MAX_DRAWN_SIZE = 8 * 1024 * 1024;

export interface Preview {
  /** Null: there is nothing to show. */
  as: 'view' | 'thumbnail' | null;
  signed: SignedUrl | null;
}

/**
 * What a link shows of its file before anything is downloaded. The picture itself only where downloads are not counted:
 * to show it is to give it.
 */
export function previewOf(
  { asset, downloadsLeft }: Pick<FoundLink, 'asset' | 'downloadsLeft'>,
  context: SigningContext,
): Preview {
  if (downloadsLeft === null && isDrawn(asset)) {
    return { as: 'view', signed: signAccessUrl(asset, 'view', context) };
  }
  const signed = signThumbnailUrl(asset, context);
  return { as: signed === null ? null : 'thumbnail', signed };
}

const isDrawn = ({ contentType, fileSize }: Asset): boolean =>
  DRAWN.has(contentType) && fileSize <= MAX_DRAWN_SIZE;
