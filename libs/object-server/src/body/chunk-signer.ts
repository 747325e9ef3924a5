import { createHash, type Hash } from 'node:crypto';
import { scopeText } from '../auth/credential-scope';
import { areEqualSignatures } from '../auth/are-equal-signatures';
import { sign } from '../auth/signing-key';
import type { VerifiedSignature } from '../auth/verify-signature';
import { S3Error } from '../errors/s3-error';

const sha256 = (): Hash => createHash('sha256');
const EMPTY_HASH = sha256().digest('hex');

/**
 * Checks the chain of signatures in a signed aws-chunked body: each one covers the chunk and the signature before it, the
 * first is the request's own (Amazon S3 API Reference, "Transferring payload in multiple chunks").
 */
export class ChunkSigner {
  private previous: string;
  private hash = sha256();

  constructor(private readonly signature: VerifiedSignature) {
    this.previous = signature.signature;
  }

  update(data: Uint8Array): void {
    this.hash.update(data);
  }

  /** Throws SignatureDoesNotMatch. */
  endChunk(given: string): void {
    const hash = this.hash.digest('hex');
    this.hash = sha256();
    this.check('AWS4-HMAC-SHA256-PAYLOAD', `${EMPTY_HASH}\n${hash}`, given);
  }

  /** Throws SignatureDoesNotMatch. */
  endTrailers(trailers: ReadonlyMap<string, string>, given: string): void {
    const text = [...trailers].map(([name, value]) => `${name}:${value}\n`).join('');
    this.check('AWS4-HMAC-SHA256-TRAILER', sha256().update(text, 'latin1').digest('hex'), given);
  }

  private check(kind: string, hashes: string, given: string): void {
    const { timestamp, scope, signingKey } = this.signature;
    const expected = sign(signingKey, [kind, timestamp, scopeText(scope), this.previous, hashes].join('\n'));
    if (!areEqualSignatures(expected, given)) throw new S3Error('SignatureDoesNotMatch');
    this.previous = expected;
  }
}
