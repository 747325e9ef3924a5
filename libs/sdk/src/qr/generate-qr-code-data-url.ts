import { AssetsAPI } from '../client/assets-api.js';
import type { CallOptions, Connection } from '../client/connection.js';
import { toBase64 } from '../client/to-base64.js';

export type QrCodeSubject = { projectId: string } | { assetId: string };

/** The QR code the server drew for a project or an asset, as a `data:image/png` URL to put in an `<img>` or a print. */
export async function generateQRCodeDataUrl(
  connection: Connection,
  subject: QrCodeSubject,
  options?: CallOptions,
): Promise<string> {
  const png = await ('projectId' in subject
    ? connection.requestBytes(`/projects/${encodeURIComponent(subject.projectId)}/qr-code.png`, options)
    : assetQrCode(connection, subject.assetId, options));
  return `data:image/png;base64,${toBase64(png)}`;
}

/** The storage has it once the asset has left `Processing`. */
async function assetQrCode(
  connection: Connection,
  assetId: string,
  options?: CallOptions,
): Promise<ArrayBuffer> {
  const asset = await new AssetsAPI(connection).get(assetId, options);
  return connection.download(asset.qr_code_url, options);
}
