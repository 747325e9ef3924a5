import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultStage } from './fault-stage';
import { HttpPerson, type Reply } from './http-client';
import { sha256, type Bytes, type TestFile } from './test-files';

/** What a client does, and what happens to its upload when it does nothing. */
export type Step =
  | 'begin'
  | 'send'
  | 'send the first part'
  | 'complete'
  | 'cancel'
  | 'delete'
  | 'time passes';

/** The newest upload of a person. */
export interface KnownUpload {
  id: string;
  asset_id: string;
  project_id: string;
  file_key: string;
  incoming_key: string;
}

const PATIENCE_MS = 40_000;

/** One person with one file, and all the way from its announcement to an asset. */
export class UploadWalk {
  private begun: Record<string, unknown> = {};
  /** The client was told that the asset is there. */
  told = false;

  private constructor(
    private readonly stage: FaultStage,
    private readonly person: HttpPerson,
    readonly file: TestFile,
  ) {}

  static async start(stage: FaultStage, apiUrl: string, file: TestFile): Promise<UploadWalk> {
    return new UploadWalk(stage, await HttpPerson.join(apiUrl), file);
  }

  get projectId(): string {
    return this.person.projectId;
  }

  async upload(): Promise<KnownUpload | null> {
    const [upload] = await this.stage.query<KnownUpload>(
      `select id, asset_id, project_id, file_key, incoming_key from uploads where project_id = $1
        order by created_at desc limit 1`,
      [this.projectId],
    );
    return upload ?? null;
  }

  /** Null when whoever was asked went away. */
  async attempt(step: Step): Promise<Reply | null> {
    const reply = await this.take(step).catch(asGone);
    if (step === 'complete' && reply !== null && reply.status < 300) this.told = true;
    return reply;
  }

  /** As the SDK does: again, as long as the answer is one that can pass. */
  async persist(step: Step): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const reply = await this.attempt(step);
      if (reply && reply.status < 300) return;
      const told = reply ? `${reply.status} ${JSON.stringify(reply.body)}` : 'nothing';
      if (reply && !canPass(reply)) throw new Error(`"${step}" was answered with ${told}`);
      if (Date.now() > deadline) throw new Error(`"${step}" is still answered with ${told}`);
      await sleep(100);
    }
  }

  private take(step: Step): Promise<Reply> {
    const { asset_id: assetId } = this.begun;
    switch (step) {
      case 'begin':
        return this.begin();
      case 'send':
        return this.begun['multipart'] ? this.sendParts() : this.put();
      case 'send the first part':
        return this.sendParts(1);
      case 'complete':
        return this.person.complete(this.begun, this.file);
      case 'cancel':
        return this.person.delete(`/api/uploads/${String(assetId)}`);
      case 'delete':
        return this.person.delete(`/api/assets/${String(assetId)}`);
      case 'time passes':
        return this.letTimePass();
    }
  }

  private async begin(): Promise<Reply> {
    const { name, contentType, body } = this.file;
    const reply = await this.person.post('/api/assets/upload-url', {
      project_id: this.projectId,
      file_name: name,
      file_size: body.length,
      content_type: contentType,
      checksum_sha256: sha256(body),
    });
    if (reply.status === 200) this.begun = reply.body;
    return reply;
  }

  private put(): Promise<Reply> {
    const { upload_url: url, headers } = this.begun as unknown as { upload_url: string; headers: Headers };
    return send({ url, headers }, this.file.body);
  }

  private async sendParts(limit = Infinity): Promise<Reply> {
    const { asset_id: assetId, multipart } = this.begun as unknown as { asset_id: string; multipart: Plan };
    const bodies = cut(this.file.body, multipart).slice(0, limit);
    const parts = bodies.map((body, index) => announce(index + 1, body, multipart));
    const signed = await this.person.post(`/api/uploads/${assetId}/parts`, { parts });
    if (signed.status !== 200) return signed;
    const urls = signed.body['parts'] as SignedPut[];
    const replies = await Promise.all(urls.map((url, index) => send(url, bodies[index] ?? Buffer.alloc(0))));
    return replies.find(({ status }) => status >= 300) ?? signed;
  }

  private async letTimePass(): Promise<Reply> {
    await this.stage.letTimePass(this.projectId);
    return { status: 204, body: {} };
  }
}

type Headers = Record<string, string>;
type SignedPut = { url: string; headers: Headers };
type Plan = { part_size: number; part_count: number; checksum: string };

const cut = (body: Bytes, { part_size: size, part_count: count }: Plan): Bytes[] =>
  Array.from({ length: count }, (_, index) => body.subarray(index * size, (index + 1) * size));

const announce = (partNumber: number, body: Bytes, { checksum }: Plan) => ({
  part_number: partNumber,
  size: body.length,
  ...(checksum === 'md5'
    ? { content_md5: createHash('md5').update(body).digest('base64') }
    : { checksum_sha256: sha256(body) }),
});

async function send({ url, headers }: SignedPut, body: Bytes): Promise<Reply> {
  const response = await fetch(url, { method: 'PUT', headers, body });
  return { status: response.status, body: { told: await response.text() } };
}

/** What `fetch` says of connections that are refused, and of those that end before their answer or in it. */
function asGone(error: unknown): null {
  // Made outside of jest's own world, so that it is no instance of the `Error` that is known here.
  const { message } = error as Error;
  if (message === 'fetch failed' || message === 'terminated') return null;
  throw error;
}

/** Somebody else is at it, or a part is away. */
const canPass = ({ status, body }: Reply): boolean => status === 503 || body['code'] === 'upload_busy';
