import { objectKey } from '@slipway/platform/object-store/object-key';
import type { SignedUrl, Signing } from '@slipway/platform/object-store/url-signer';
import type { Deps } from '../shared/deps';
import type { Asset } from './asset.entity';
import type { VisibleAsset } from './require-asset';
import { attachment, mayShowInline } from './inline-types';

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
  /** Seconds the URLs are promised to live. */
  life: number;
}

export async function openSigningContext(
  deps: Pick<Deps, 'signer' | 'clock' | 'settings'>,
): Promise<SigningContext> {
  return { signing: await deps.signer.open(), now: deps.clock.now(), life: deps.settings.accessUrlLife };
}

/** Original files never change under their key, so a browser may keep what it has fetched. */
const CACHE_CONTROL = 'private, max-age=3600, immutable';

/** Seconds within which the same object gets the identical URL, so that browsers and CDNs find it in their cache. */
const WINDOW_SECONDS = 900;

export function signAccessUrl(
  asset: Asset,
  purpose: UrlPurpose,
  { signing, now, life }: SigningContext,
): SignedUrl {
  const download = purpose === 'download' || !mayShowInline(asset.contentType);
  return signing.get(asset.fileKey, {
    now,
    expiresIn: life,
    windowSeconds: WINDOW_SECONDS,
    responseCacheControl: CACHE_CONTROL,
    responseContentDisposition: download ? attachment(asset.fileName) : undefined,
  });
}

/** All URLs of one asset's representation, as far as the decision goes; signed without touching the network. */
export function assetUrls({ asset, decision }: VisibleAsset, context: SigningContext): AssetUrls {
  const { signing, now, life } = context;
  const sign = (key: string) => signing.get(key, { now, expiresIn: life, windowSeconds: WINDOW_SECONDS });
  const access = decision.allowed ? signAccessUrl(asset, 'view', context) : null;
  const thumbnail = decision.allowed && asset.thumbnailKey !== null ? sign(asset.thumbnailKey) : null;
  const qrCode = sign(objectKey.rendition(asset.projectId, asset.id, 'qr-code'));
  const ends = [access, thumbnail, qrCode].flatMap((signed) => (signed ? [signed.expiresAt.getTime()] : []));
  return {
    storageUrl: signing.locate(asset.fileKey),
    accessUrl: access?.url ?? null,
    thumbnailUrl: thumbnail?.url ?? null,
    qrCodeUrl: qrCode.url,
    expiresAt: new Date(Math.min(...ends)),
  };
}
