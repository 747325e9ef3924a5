import type { Payload } from '../body/payload';
import type { Store } from '../store/store';
import type { S3Request } from './s3-request';
import type { S3Response } from './s3-response';

/** A request that was found authentic, with all that an operation needs. */
export interface S3Call {
  request: S3Request;
  bucket: string;
  key: string;
  payload: Payload;
  store: Store;
  region: string;
}

export type Operation = (call: S3Call) => Promise<S3Response> | S3Response;
