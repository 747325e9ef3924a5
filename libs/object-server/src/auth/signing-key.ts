import { createHmac } from 'node:crypto';
import type { CredentialScope } from './credential-scope';

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** The key of one day, region and service. */
export function deriveSigningKey(secretAccessKey: string, scope: CredentialScope): Buffer {
  const dayKey = hmac(`AWS4${secretAccessKey}`, scope.day);
  return hmac(hmac(hmac(dayKey, scope.region), scope.service), scope.terminator);
}

/** Hex, as signatures are written. */
export const sign = (signingKey: Buffer, text: string): string => hmac(signingKey, text).toString('hex');
