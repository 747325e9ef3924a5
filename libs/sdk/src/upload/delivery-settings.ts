import type { Connection } from '../client/connection.js';
import type { SlipwayError } from '../errors/slipway-error.js';
import type { ProgressMeter } from './progress-meter.js';
import type { UploadStatus } from './upload-handle.js';
import type { UploadOptions } from './upload-options.js';

export interface DeliverySettings {
  connection: Connection;
  options: UploadOptions;
  meter: ProgressMeter;
  enter: (status: UploadStatus) => void;
}

/** A call of the API within an upload. */
export interface Repeated<T> {
  signal: AbortSignal;
  /** What the upload is doing. */
  step: UploadStatus;
  operation: () => Promise<T>;
  mayRetry?: (error: SlipwayError) => boolean;
}
