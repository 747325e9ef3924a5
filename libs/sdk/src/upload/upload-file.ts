import type { Connection } from '../client/connection.js';
import type { Asset } from '../client/wire.js';
import { SinglePutUpload } from './single-put-upload.js';
import type { UploadOptions } from './upload-options.js';

/**
 * Sends a file to the storage and makes its asset: checks, hashes, begins, PUTs and completes, over a bad line too.
 * Rejects with a `SlipwayError`; with code `aborted` when `signal` ended it.
 */
export const uploadFile = (connection: Connection, options: UploadOptions): Promise<Asset> =>
  new SinglePutUpload(connection, options).run();
