import type { S3Client } from '@aws-sdk/client-s3';
import type { Signing } from '../url-signer';

/** The bucket, as the server's own key reaches it. */
export interface ProbedBucket {
  client: S3Client;
  bucket: string;
  /** A key nobody used yet. */
  newKey: () => string;
}

/** Where a question is put to the storage. */
export interface ProbeContext extends ProbedBucket {
  /** For the address that browsers reach. */
  signing: Signing;
  /** The same for what clients upload by: with the upload key, where there is one. */
  uploadSigning: Signing;
  /** What the upload key itself can do; null where there is none. */
  uploader: S3Client | null;
  /** Of the page that uploads. */
  origin: string;
  /** Everything that is written begins with it, and is removed afterwards. */
  prefix: string;
}

/** One thing that storages differ in. */
export interface Probe {
  name: string;
  /** What a "yes" states. */
  what: string;
  /** `required`: without it the product is not safe or does not work. `capability`: it is, at the price told. */
  need: 'required' | 'capability';
  /** What a "no" means for the product. */
  consequence: string;
  /** Throws where the storage gave no answer to the question. */
  ask: (context: ProbeContext) => Promise<boolean>;
}
