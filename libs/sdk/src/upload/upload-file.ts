import type { Connection } from '../client/connection.js';
import type { UploadHandle } from './upload-handle.js';
import type { UploadOptions } from './upload-options.js';
import { UploadTask } from './upload-task.js';

/**
 * Sends a file to the storage and makes its asset: checks, hashes, begins, PUTs and completes, over a bad line too.
 * Ends with a `SlipwayError` when it cannot; with code `aborted` when `signal` or the handle ended it.
 */
export const uploadFile = (connection: Connection, options: UploadOptions): UploadHandle =>
  new UploadTask(connection, options);
