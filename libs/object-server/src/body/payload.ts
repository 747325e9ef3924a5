import {
  checksumHeader,
  createHasher,
  type ChecksumAlgorithm,
  type DigestAlgorithm,
} from '../checksums/algorithms';
import { S3Error } from '../errors/s3-error';
import type { ExpectedDigests } from './expected-digests';

export interface BodyDigests {
  /** Hex. */
  md5: string;
  /** What the client named; base64. */
  checksum: { algorithm: ChecksumAlgorithm; value: string } | null;
}

export interface PayloadSource {
  chunks: AsyncIterable<Buffer>;
  /** Of the decoded bytes; null where the client did not say. */
  length: number | null;
  trailers: ReadonlyMap<string, string>;
  expected: ExpectedDigests;
}

/** The body of a request: decoded, counted, hashed while it passes, and compared with what the client promised. */
export class Payload {
  private readonly results = new Map<DigestAlgorithm, Buffer>();

  constructor(
    private readonly source: PayloadSource,
    /** Computed and returned although the client named none. */
    private readonly extra: ChecksumAlgorithm | null = null,
  ) {}

  /** Throws MissingContentLength. */
  requireLength(): number {
    if (this.source.length === null) throw new S3Error('MissingContentLength');
    return this.source.length;
  }

  /** Whether the client gave a digest of the body. */
  get isProtected(): boolean {
    return this.source.expected.md5 !== null || this.source.expected.checksum !== null;
  }

  get checksumAlgorithm(): ChecksumAlgorithm | null {
    return this.source.expected.checksum?.algorithm ?? null;
  }

  /** The same body, with a checksum that the server wants to know. */
  withChecksum(algorithm: ChecksumAlgorithm): Payload {
    return new Payload(this.source, algorithm);
  }

  /**
   * The bytes, once. Throws at the end, so that nobody takes a body for good that is not: IncompleteBody, BadDigest,
   * XAmzContentSHA256Mismatch or MalformedTrailerError.
   */
  async *chunks(): AsyncGenerator<Buffer> {
    const hashers = [...this.algorithms()].map((algorithm) => [algorithm, createHasher(algorithm)] as const);
    const length = this.source.length ?? Infinity;
    let received = 0;
    for await (const chunk of this.source.chunks) {
      received += chunk.length;
      if (received > length) throw new S3Error('IncompleteBody');
      for (const [, hasher] of hashers) hasher.update(chunk);
      yield chunk;
    }
    if (this.source.length !== null && received < length) throw new S3Error('IncompleteBody');
    for (const [algorithm, hasher] of hashers) this.results.set(algorithm, hasher.digest());
    this.verify();
  }

  /** Of a body that was read to its end. */
  digests(): BodyDigests {
    const algorithm = this.checksumAlgorithm ?? this.extra;
    const checksum = algorithm && { algorithm, value: this.digest(algorithm).toString('base64') };
    return { md5: this.digest('MD5').toString('hex'), checksum };
  }

  private verify(): void {
    const { md5, contentSha256, checksum } = this.source.expected;
    if (contentSha256 !== null && this.digest('SHA256').toString('hex') !== contentSha256) {
      throw new S3Error('XAmzContentSHA256Mismatch');
    }
    if (md5 !== null && this.digest('MD5').toString('base64') !== md5) throw new S3Error('BadDigest');
    if (checksum) this.verifyChecksum(checksum.algorithm, checksum.value);
  }

  private verifyChecksum(algorithm: ChecksumAlgorithm, inHeader: string | null): void {
    const expected = inHeader ?? this.source.trailers.get(checksumHeader(algorithm));
    if (expected === undefined) throw new S3Error('MalformedTrailerError');
    if (this.digest(algorithm).toString('base64') === expected) return;
    throw new S3Error('BadDigest', {
      message: `The ${algorithm} you specified did not match the calculated checksum.`,
    });
  }

  private algorithms(): Set<DigestAlgorithm> {
    const { contentSha256, checksum } = this.source.expected;
    const wanted = new Set<DigestAlgorithm>(['MD5']);
    if (contentSha256 !== null) wanted.add('SHA256');
    if (checksum) wanted.add(checksum.algorithm);
    if (this.extra) wanted.add(this.extra);
    return wanted;
  }

  private digest(algorithm: DigestAlgorithm): Buffer {
    const result = this.results.get(algorithm);
    if (!result) throw new Error(`The body was not read to its end, or without ${algorithm}`);
    return result;
  }
}
