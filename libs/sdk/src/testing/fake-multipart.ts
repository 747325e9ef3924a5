import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { MultipartPlan, PartInput, SignedParts, StoredPart } from '../client/wire.js';
import { readBody } from './read-body.js';
import { refuse } from './refuse.js';

interface FakePart {
  size: number;
  sum: string;
  expiresAt: number;
  body: Buffer | null;
}

interface FakeUpload {
  plan: MultipartPlan;
  size: number;
  /** Goes up when the storage loses the upload; URLs of an earlier one lead nowhere. */
  generation: number;
  parts: Map<number, FakePart>;
}

const digestOf = (algorithm: 'sha256' | 'md5', body: Buffer) => createHash(algorithm).update(body);

/** Uploads in parts: what the API knows of them and what the storage has, which in a test is one thing. */
export class FakeMultipart {
  /** Files of more bytes go in parts. */
  above = Number.POSITIVE_INFINITY;
  partSize = 50_000;
  checksum: MultipartPlan['checksum'] = 'sha256';
  /** Part numbers as they were stored. */
  readonly stored: number[] = [];
  /** Parts in the order of their PUTs that were stored already. */
  readonly sentAgain: number[] = [];
  /** Parts of each call that signed. */
  readonly signed: number[][] = [];
  readonly uploads = new Map<string, FakeUpload>();

  plan(size: number): MultipartPlan | null {
    if (size <= this.above) return null;
    const part_count = Math.ceil(size / this.partSize);
    return { part_size: this.partSize, part_count, checksum: this.checksum };
  }

  begin(assetId: string, size: number, plan: MultipartPlan): void {
    this.uploads.set(assetId, { plan, size, generation: 1, parts: new Map() });
  }

  /** As when somebody tidies the bucket: all parts are gone, and the API does not know. */
  lose(assetId: string): void {
    const upload = this.#of(assetId);
    upload.generation += 1;
    upload.parts.clear();
  }

  losePart(assetId: string, number: number): void {
    this.#of(assetId).parts.delete(number);
  }

  sign(
    assetId: string,
    parts: PartInput[],
    { origin, lifeMs }: { origin: string; lifeMs: number },
  ): SignedParts {
    const upload = this.#of(assetId);
    this.signed.push(parts.map((part) => part.part_number));
    const now = Date.now();
    const expiresAt = now + lifeMs;
    const answer = parts.map(({ part_number: number, size, checksum_sha256, content_md5 }) => {
      const sum = (this.checksum === 'md5' ? content_md5 : checksum_sha256) ?? 'none told';
      const before = upload.parts.get(number);
      upload.parts.set(number, { size, sum, expiresAt, body: before?.sum === sum ? before.body : null });
      const query = `partNumber=${number}&uploadId=${upload.generation}&X-Amz-Signature=abc`;
      return {
        part_number: number,
        url: `${origin}/storage/parts/${assetId}?${query}`,
        method: 'PUT' as const,
        headers: this.#headers(sum),
        expires_at: new Date(expiresAt).toISOString(),
      };
    });
    return { parts: answer, now: new Date(now).toISOString() };
  }

  async put(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    const number = Number(searchParams.get('partNumber'));
    const upload = this.#of(pathname.split('/').at(-1) ?? '');
    const part = upload.parts.get(number);
    if (searchParams.get('uploadId') !== String(upload.generation)) return refuse(response, 'NoSuchUpload');
    if (!part || part.expiresAt < Date.now()) return refuse(response, 'AccessDenied');
    if (request.headers['content-length'] !== String(part.size))
      return refuse(response, 'SignatureDoesNotMatch');
    const algorithm = this.checksum === 'md5' ? 'md5' : 'sha256';
    if (digestOf(algorithm, body).digest('base64') !== part.sum) return refuse(response, 'BadDigest');
    (part.body ? this.sentAgain : this.stored).push(number);
    part.body = body;
    response.writeHead(200, { etag: `"${digestOf('md5', body).digest('hex')}"` }).end();
  }

  present(assetId: string): StoredPart[] {
    const { parts } = this.#of(assetId);
    return [...parts].flatMap(([part_number, { size, body }]) => {
      if (!body) return [];
      const checksum_sha256 = this.checksum === 'sha256' ? digestOf('sha256', body).digest('base64') : null;
      return [{ part_number, size, etag: `"${digestOf('md5', body).digest('hex')}"`, checksum_sha256 }];
    });
  }

  /** The object, or how many parts are missing. */
  assemble(assetId: string): Buffer | number {
    const { plan, parts } = this.#of(assetId);
    const numbers = Array.from({ length: plan.part_count }, (_, index) => index + 1);
    const bodies = numbers.flatMap((number) => parts.get(number)?.body ?? []);
    return bodies.length === plan.part_count ? Buffer.concat(bodies) : plan.part_count - bodies.length;
  }

  #headers(sum: string): Record<string, string> {
    if (this.checksum === 'md5') return { 'content-md5': sum };
    return this.checksum === 'none' ? {} : { 'x-amz-checksum-sha256': sum };
  }

  #of(assetId: string): FakeUpload {
    const upload = this.uploads.get(assetId);
    if (!upload) throw new Error(`${assetId} has no parts.`);
    return upload;
  }
}
