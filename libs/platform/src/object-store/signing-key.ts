import { createHmac, hash } from 'node:crypto';

const BLOCK = 64;
const DATE_LENGTH = 'YYYYMMDDTHHMMSSZ'.length;
const DIGEST_HEX_LENGTH = 64;
const ALGORITHM_LINE = 'AWS4-HMAC-SHA256\n';

const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();

const padded = (key: Buffer, byte: number): Buffer => {
  const block = Buffer.alloc(BLOCK, byte);
  for (const [index, value] of key.entries()) block[index] = value ^ byte;
  return block;
};

/**
 * The SigV4 key of one day, region and secret.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 *
 * Its HMAC (RFC 2104) is written out as two one-shot hashes over prepared buffers: creating an Hmac object for each
 * URL costs more than all the rest of signing it. A page of 100 assets signs 300 URLs.
 */
export class SigningKey {
  readonly scope: string;
  private readonly inner: Buffer;
  private readonly outer: Buffer;
  private readonly dateAt = BLOCK + ALGORITHM_LINE.length;
  private readonly digestAt: number;

  /** `day` is YYYYMMDD in UTC. */
  constructor(secretAccessKey: string, region: string, day: string) {
    this.scope = `${day}/${region}/s3/aws4_request`;
    const key = hmac(hmac(hmac(hmac(`AWS4${secretAccessKey}`, day), region), 's3'), 'aws4_request');
    const dateRoom = ' '.repeat(DATE_LENGTH);
    const stringToSign = Buffer.from(`${ALGORITHM_LINE}${dateRoom}\n${this.scope}\n`);
    this.digestAt = BLOCK + stringToSign.length;
    this.inner = Buffer.concat([padded(key, 0x36), stringToSign, Buffer.alloc(DIGEST_HEX_LENGTH)]);
    this.outer = Buffer.concat([padded(key, 0x5c), Buffer.alloc(DIGEST_HEX_LENGTH / 2)]);
  }

  /** Signature in hex. `amzDate` is YYYYMMDDTHHMMSSZ, on this key's day. */
  sign(amzDate: string, canonicalRequest: string): string {
    this.inner.write(amzDate, this.dateAt, 'latin1');
    this.inner.write(hash('sha256', canonicalRequest, 'hex'), this.digestAt, 'latin1');
    this.outer.set(hash('sha256', this.inner, 'buffer'), BLOCK);
    return hash('sha256', this.outer, 'hex');
  }
}
