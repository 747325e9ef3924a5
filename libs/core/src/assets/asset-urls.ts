import { objectKey } from '@slipway/platform/object-store/object-key';
import type { SignedUrl, Signing } from '@slipway/platform/object-store/url-signer';
import type { Settings } from '../shared/deps';
import type { Asset } from './asset.entity';
import { attachment, mayShowInline } from './inline-types';

export type UrlPurpose = 'view' | 'download';

export interface AssetUrls {
  /** Unsigned: tells where the object is, opens nothing. */
  storageUrl: string;
  accessUrl: string;
  thumbnailUrl: string | null;
  qrCodeUrl: string;
  /** When the first of them ends. */
  expiresAt: Date;
}

export interface SigningContext {
  signing: Signing;
  now: Date;
  settings: Pick<Settings, 'accessUrlLife'>;
}

/** Original files never change under their key, so a browser may keep what it has fetched. */
const CACHE_CONTROL = 'private, max-age=3600, immutable';

export function signAccessUrl(
  asset: Asset,
  purpose: UrlPurpose,
  { signing, now, settings, life }: SigningContext & { life?: number },
): SignedUrl {
  const download = purpose === 'download' || !mayShowInline(asset.contentType);
  return signing.get(asset.fileKey, {
    now,
    life: life ?? settings.accessUrlLife,
    responseCacheControl: CACHE_CONTROL,
    ...(download && { responseContentDisposition: attachment(asset.fileName) }),
  });
}

/** All URLs of one asset's representation, signed without touching the network. */
export function assetUrls(asset: Asset, context: SigningContext): AssetUrls {
  const { signing, now, settings } = context;
  const sign = (key: string) => signing.get(key, { now, life: settings.accessUrlLife });
  const access = signAccessUrl(asset, 'view', context);
  const thumbnail = asset.thumbnailKey === null ? null : sign(asset.thumbnailKey);
  const qrCode = sign(objectKey.rendition(asset.projectId, asset.id, 'qr-code'));
  const ends = [access, thumbnail, qrCode].flatMap((signed) => (signed ? [signed.expiresAt.getTime()] : []));
  return {
    storageUrl: signing.locate(asset.fileKey),
    accessUrl: access.url,
    thumbnailUrl: thumbnail?.url ?? null,
    qrCodeUrl: qrCode.url,
    expiresAt: new Date(Math.min(...ends)),
  };
}
