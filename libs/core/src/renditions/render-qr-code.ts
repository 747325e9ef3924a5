import { qrCodePng } from '@slipway/platform/media/qr/qr-code';
import type { Asset } from '../assets/asset.entity';
import { assetUrl } from '../projects/project-url';
import type { Deps } from '../shared/deps';
import type { Rendered } from './rendered';

/** Pixels of each side: prints sharp at 3 cm. */
const SIZE = 512;

/** Opens the asset in the dashboard. */
export async function renderQrCode(asset: Asset, deps: Pick<Deps, 'settings'>): Promise<Rendered> {
  const body = await qrCodePng(assetUrl(deps.settings.publicUrl, asset), { size: SIZE });
  return { body, contentType: 'image/png', width: SIZE, height: SIZE };
}
