import { AssetsAPI } from '../client/assets-api.js';
import type { CallOptions, Connection } from '../client/connection.js';

export interface AssetUrlOptions extends CallOptions {
  /** `download` makes browsers save the file instead of showing it. */
  purpose?: 'view' | 'download';
  /** Seconds. */
  expiresIn?: number;
}

/** A fresh signed URL of the original file. To show files again and again, use `client.signedUrls`. */
export async function getAssetUrl(
  connection: Connection,
  assetId: string,
  { purpose = 'view', expiresIn, signal }: AssetUrlOptions = {},
): Promise<string> {
  const input = expiresIn === undefined ? { purpose } : { purpose, expires_in: expiresIn };
  const { url } = await new AssetsAPI(connection).accessUrl(assetId, input, { signal });
  return url;
}
