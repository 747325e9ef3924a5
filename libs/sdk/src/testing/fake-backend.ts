import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import type { CreateAssetInput, PartInput, UploadUrlInput } from '../client/wire.js';
import type { Fault } from './faults.js';
import { FakeMultipart } from './fake-multipart.js';
import { FakeSessions } from './fake-sessions.js';
import { FakeStorage } from './fake-storage.js';
import { readBody } from './read-body.js';

export interface Seen {
  /** `POST /api/assets` */
  route: string;
  query: string;
  headers: IncomingMessage['headers'];
}

interface Reply {
  status?: number;
  headers?: Record<string, string>;
  body?: object;
}

const matches = (route: string, pattern: string): boolean =>
  route === pattern || route.startsWith(`${pattern} `);

const PNG = Buffer.from('89504e470d0a1a0a', 'hex');

/** The routes of an API and the storage behind it, on one local port, with faults on demand. */
export class FakeBackend {
  readonly storage = new FakeStorage();
  readonly multipart = new FakeMultipart();
  readonly sessions = new FakeSessions();
  readonly seen: Seen[] = [];
  readonly assets = new Map<string, object>();
  readonly cancelled: string[] = [];
  /** Null lets everybody in. */
  token: string | null = null;
  urlLifeMs = 60_000;
  accessUrlLifeMs = 60_000;
  /** The next upload has all its bytes here already. */
  deduplicates = false;
  readonly expired = new Set<string>();

  readonly #faults: { route: string; fault: Fault | null }[] = [];
  readonly #begun = new Map<string, UploadUrlInput>();
  readonly #server: Server;
  #origin = '';
  #count = 0;

  constructor() {
    this.#server = createServer((request, response) => void this.#handle(request, response));
  }

  async start(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#origin = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  get baseUrl(): string {
    return `${this.#origin}/api`;
  }

  /** The next calls of a route, or of a method, get these faults: one each, in this order. Null lets one through. */
  fail(route: string, ...faults: (Fault | null)[]): void {
    this.#faults.push(...faults.map((fault) => ({ route, fault })));
  }

  /** The next call of the route does its work, and its answer is lost on the way. */
  loseAnswer(route: string): void {
    this.fail(route, async (request) => {
      this.#answer(route, (await readBody(request)).toString());
      request.socket.destroy();
    });
  }

  count(route: string): number {
    return this.seen.filter((call) => matches(call.route, route)).length;
  }

  stored(): Buffer[] {
    return [...this.storage.objects.values()];
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const route = `${request.method} ${request.url?.split('?', 1)[0]}`;
    this.seen.push({ route, query: request.url?.split('?', 2)[1] ?? '', headers: request.headers });
    const index = this.#faults.findIndex((planned) => matches(route, planned.route));
    const [planned] = index < 0 ? [] : this.#faults.splice(index, 1);
    if (planned?.fault) return planned.fault(request, response);
    if (route.startsWith('PUT /storage/parts/')) return this.multipart.put(request, response);
    if (route.startsWith('PUT /storage/')) return this.storage.put(request, response);
    if (route === 'GET /storage/qr.png') return void response.end(PNG);
    const text = (await readBody(request)).toString();
    send(response, this.#authorized(request) ? this.#answer(route, text) : problem(401, 'unauthenticated'));
  }

  #authorized({ headers, url }: IncomingMessage): boolean {
    const open = url?.startsWith('/api/auth/') || url?.startsWith('/api/health');
    return open || this.token === null || headers.authorization === `Bearer ${this.token}`;
  }

  #answer(route: string, text: string): Reply {
    const id = route.split('/')[3] ?? '';
    if (route === 'POST /api/assets/upload-url') return this.#begin(JSON.parse(text) as UploadUrlInput);
    if (route === 'POST /api/assets') return this.#complete(JSON.parse(text) as CreateAssetInput);
    if (route.endsWith('/parts')) return this.#sign(id, (JSON.parse(text) as { parts: PartInput[] }).parts);
    if (route.startsWith('GET /api/uploads/')) return this.#state(id);
    if (route.startsWith('DELETE /api/uploads/')) return this.#cancel(id);
    if (route.endsWith('/access-url')) return this.#accessUrl(id);
    if (route.endsWith('-urls'))
      return this.#accessUrls(JSON.parse(text) as { ids?: string[]; refs?: string[] });
    if (route.startsWith('POST /api/auth/')) return this.sessions.answer(route);
    if (route.startsWith('GET /api/assets/'))
      return { body: { id, qr_code_url: `${this.#origin}/storage/qr.png` } };
    if (route === 'GET /api/projects') return { body: { data: [], next_cursor: null } };
    if (route.endsWith('/qr-code.png')) return { body: PNG };
    if (route === 'GET /api/health/live') return { body: { status: 'live' } };
    if (route === 'POST /api/projects')
      return { status: 201, body: { id: 'PRJ-1', ...(JSON.parse(text) as object) } };
    return problem(404, 'not_found');
  }

  #begin(input: UploadUrlInput): Reply {
    this.#count += 1;
    const assetId = `AST-${this.#count}`;
    const expiresAt = Date.now() + this.urlLifeMs;
    const multipart = this.deduplicates ? null : this.multipart.plan(input.file_size);
    const inOnePut = !multipart && !this.deduplicates;
    this.#begun.set(`key/${assetId}`, input);
    if (multipart) this.multipart.begin(assetId, input.file_size, multipart);
    if (this.deduplicates) this.storage.objects.set(`/storage/incoming/${assetId}`, Buffer.alloc(0));
    return {
      body: {
        upload_url: inOnePut ? this.#signPut(assetId, input, expiresAt) : null,
        method: 'PUT',
        headers: inOnePut ? headersOf(input) : {},
        asset_id: assetId,
        file_key: `key/${assetId}`,
        expires_in: this.urlLifeMs / 1000,
        expires_at: new Date(expiresAt).toISOString(),
        now: new Date().toISOString(),
        multipart,
        deduplicated: this.deduplicates,
      },
    };
  }

  #signPut(assetId: string, input: UploadUrlInput, expiresAt: number): string {
    const path = `/storage/incoming/${assetId}`;
    const { file_size: size, content_type: contentType, checksum_sha256: checksum } = input;
    this.storage.signed.set(path, { size, contentType, checksum, expiresAt });
    return `${this.#origin}${path}?X-Amz-Signature=abc`;
  }

  #sign(id: string, parts: PartInput[]): Reply {
    if (!this.multipart.uploads.has(id)) return problem(404, 'not_found');
    if (this.expired.has(id)) return problem(410, 'upload_expired');
    if (this.cancelled.includes(id)) return problem(410, 'upload_cancelled');
    return { body: this.multipart.sign(id, parts, { origin: this.#origin, lifeMs: this.urlLifeMs }) };
  }

  #state(id: string): Reply {
    const upload = this.multipart.uploads.get(id);
    if (!upload) return problem(404, 'not_found');
    const status = this.assets.has(id) ? 'completed' : this.#openness(id);
    const body = {
      asset_id: id,
      file_key: `key/${id}`,
      file_size: upload.size,
      status,
      ...upload.plan,
      parts: status === 'pending' ? this.multipart.present(id) : [],
      expires_at: new Date(Date.now() + this.urlLifeMs).toISOString(),
      now: new Date().toISOString(),
    };
    return { body };
  }

  #openness(id: string): string {
    if (this.expired.has(id)) return 'expired';
    return this.cancelled.includes(id) ? 'cancelled' : 'pending';
  }

  #complete(input: CreateAssetInput): Reply {
    const id = input.file_key.replace('key/', '');
    const known = this.assets.get(id);
    if (known) return { body: known };
    if (this.expired.has(id)) return problem(410, 'upload_expired');
    if (this.cancelled.includes(id)) return problem(410, 'upload_cancelled');
    const missing = this.#assemble(id);
    if (missing !== null) return missing;
    const asset = {
      ...input,
      id,
      file_name: this.#begun.get(input.file_key)?.file_name,
      status: 'Processing',
    };
    this.assets.set(id, asset);
    return { status: 201, body: asset };
  }

  /** Null when the object is there. */
  #assemble(id: string): Reply | null {
    const path = `/storage/incoming/${id}`;
    if (this.multipart.uploads.has(id)) {
      const whole = this.multipart.assemble(id);
      if (typeof whole === 'number') {
        return problem(409, 'object_missing', { facts: { missing_parts: whole } });
      }
      this.storage.objects.set(path, whole);
    }
    if (this.storage.objects.has(path)) return null;
    return problem(409, 'object_missing', { headers: { 'retry-after': '0' } });
  }

  #cancel(id: string): Reply {
    if (!this.assets.has(id)) this.cancelled.push(id);
    return { status: 204 };
  }

  #accessUrl(id: string): Reply {
    this.#count += 1;
    const expires_at = new Date(Date.now() + this.accessUrlLifeMs).toISOString();
    return { body: { url: `${this.#origin}/storage/${id}?n=${this.#count}`, expires_at } };
  }

  #accessUrls({ ids, refs = [] }: { ids?: string[]; refs?: string[] }): Reply {
    const answer = (id: string) => (id.includes(HIDDEN) ? { code: 'not_found' } : this.#accessUrl(id).body);
    return { body: { data: (ids ?? refs).map((id) => ({ [ids ? 'id' : 'ref']: id, ...answer(id) })) } };
  }
}

/** What is called like this is nobody's to see. */
const HIDDEN = 'hidden';

const headersOf = ({ content_type, checksum_sha256: checksum }: UploadUrlInput): Record<string, string> => ({
  'content-type': content_type,
  ...(checksum === undefined ? {} : { 'x-amz-checksum-sha256': checksum }),
});

function problem(
  status: number,
  code: string,
  { headers = {}, facts = {} }: { headers?: Record<string, string>; facts?: object } = {},
): Reply {
  const body = { status, code, title: code, detail: `It is ${code}.`, request_id: 'req-1', ...facts };
  return { status, headers, body };
}

function send(response: ServerResponse, { status = 200, headers = {}, body }: Reply): void {
  response.writeHead(status, headers);
  response.end(body instanceof Buffer || body === undefined ? body : JSON.stringify(body));
}
