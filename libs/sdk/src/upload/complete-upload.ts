import { AssetsAPI } from '../client/assets-api.js';
import type { CallOptions, Connection } from '../client/connection.js';
import type { Asset, CreateAssetInput } from '../client/wire.js';

/** `createAsset` with an upload's patience: for PUTs made by other means than `uploadFile`. May be called again. */
export const completeUpload = (
  connection: Connection,
  input: CreateAssetInput,
  options?: CallOptions,
): Promise<Asset> =>
  new AssetsAPI(connection).createAsset(input, { ...options, retry: connection.uploads.retry });
