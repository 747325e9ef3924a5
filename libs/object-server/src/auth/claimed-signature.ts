import type { CredentialScope } from './credential-scope';

/** What a request says of its own signature, before anything of it is believed. */
export interface ClaimedSignature {
  source: 'header' | 'query';
  scope: CredentialScope;
  /** Lower case, in the order given. */
  signedHeaders: string[];
  signature: string;
  /** `yyyymmddThhmmssZ` */
  timestamp: string;
  signedAt: Date;
  /** Seconds; presigned URLs only. */
  expiresIn: number | null;
  /** Hex SHA-256 of the body, UNSIGNED-PAYLOAD, or a STREAMING- form. */
  payloadHash: string;
}
