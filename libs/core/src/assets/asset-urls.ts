import { objectKey } from '@slipway/platform/object-store/object-key';
import type { SignedUrl, Signing } from '@slipway/platform/object-store/url-signer';
import type { Deps } from '../shared/deps';
import type { Principal } from '../shared/principal';
import type { Asset } from './asset.entity';
import { contentDisposition } from './content-disposition';
import { mayShowInline, UNSHOWN_TYPE } from './inline-types';
import type { VisibleAsset } from './require-asset';
import { type UrlLife, usualLife } from './url-life';

export type UrlPurpose = 'view' | 'download';

export interface AssetUrls {
  /** Unsigned: tells where the object is, opens nothing. */
  storageUrl: string;
  /** Null where the bytes are withheld. */
  accessUrl: string | null;
  thumbnailUrl: string | null;
  qrCodeUrl: string;
  /** When the first of them ends. */
  expiresAt: Date;
}

/** What signing one answer needs, fetched once for all its URLs. */
export interface SigningContext {
  signing: Signing;
  now: Date;
  life: UrlLife;
}

export async function openSigningContext(
  principal: Principal,
  deps: Pick<Deps, 'signer' | 'clock' | 'settings'>,
): Promise<SigningContext> {
  return { signing: await deps.signer.open(), now: deps.clock.now(), life: usualLife(principal, deps) };
}

const lifetime = ({ now, life }: SigningContext) => ({
  now,
  expiresIn: life.promised,
  windowSeconds: life.window === 0 ? undefined : life.window,
});

/** Original files never change under their key, so a browser may keep what it has fetched. */
const CACHE_CONTROL = 'private, max-age=3600, immutable';

/** Of the original; what must not be shown only downloads, and comes as bytes of no type. */
export function signAccessUrl(asset: Asset, purpose: UrlPurpose, context: SigningContext): SignedUrl {
  const { contentType, fileKey, fileName } = asset;
  const mayShow = mayShowInline(contentType);
  const type = purpose === 'view' && mayShow ? 'inline' : 'attachment';
  return context.signing.get(fileKey, {
    ...lifetime(context),
    responseCacheControl: CACHE_CONTROL,
    responseContentDisposition: contentDisposition(type, fileName),
    responseContentType: mayShow ? undefined : UNSHOWN_TYPE,
  });
}

/** Null where there is no thumbnail, or none yet. */
export function signThumbnailUrl({ thumbnailKey }: Asset, context: SigningContext): SignedUrl | null {
  return thumbnailKey === null ? null : context.signing.get(thumbnailKey, lifetime(context));
}

/** All URLs of one asset's representation, as far as the decision goes; signed without touching the network. */
export function assetUrls({ asset, decision }: VisibleAsset, context: SigningContext): AssetUrls {
  const { signing } = context;
  const access = decision.allowed ? signAccessUrl(asset, 'view', context) : null;
  const thumbnail = decision.allowed ? signThumbnailUrl(asset, context) : null;
  const qrCode = signing.get(objectKey.rendition(asset.fileKey, 'qr-code'), lifetime(context));
  const ends = [access, thumbnail, qrCode].flatMap((signed) => (signed ? [signed.expiresAt.getTime()] : []));
  return {
    storageUrl: signing.locate(asset.fileKey),
    accessUrl: access?.url ?? null,
    thumbnailUrl: thumbnail?.url ?? null,
    qrCodeUrl: qrCode.url,
    expiresAt: new Date(Math.min(...ends)),
  };
}
