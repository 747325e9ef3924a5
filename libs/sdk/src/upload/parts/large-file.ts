import type { MultipartPlan, UploadUrl } from '../../client/wire.js';
import type { DeliverySettings, Repeated } from '../delivery-settings.js';
import type { UploadSource } from '../upload-source.js';

/** A file that goes in parts, and the delivery it belongs to. */
export interface LargeFile extends DeliverySettings {
  readonly source: UploadSource;
  /** With the upload's patience; waiting shows in the status. */
  readonly repeating: <T>(work: Repeated<T>) => Promise<T>;
}

/** An upload in parts that the server knows. */
export interface LargeTicket extends Pick<UploadUrl, 'asset_id' | 'file_key'> {
  readonly multipart: MultipartPlan;
}
