import { sha256, type TestFile } from '../support/test-files';
import { HttpCaller } from './http-caller';

export interface BegunUpload {
  upload_url: string;
  headers: Record<string, string>;
  file_key: string;
}

export interface AssetPage {
  data: { id: string; access_url: string; thumbnail_url: string | null; qr_code_url: string }[];
}

/** A file with the digest that its owner has made beforehand. */
export interface HashedFile extends TestFile {
  sha256: string;
}

export const hashed = (file: TestFile): HashedFile => ({ ...file, sha256: sha256(file.body) });

interface Session {
  caller: HttpCaller;
  /** Where the API is. */
  url: string;
  headers: Record<string, string>;
}

/** A person with an account and a project, as cheap for the machine as a caller can be. */
export class BenchClient {
  private constructor(
    private readonly session: Session,
    readonly projectId: string,
  ) {}

  static async join(url: string): Promise<BenchClient> {
    const session = { caller: new HttpCaller(), url, headers: { 'content-type': 'application/json' } };
    const person = {
      email: `${crypto.randomUUID()}@example.com`,
      password: 'correct horse',
      name: 'A. Person',
    };
    const stranger = new BenchClient(session, '');
    const { access_token: token } = await stranger.post<{ access_token: string }>('/api/auth/signup', person);
    const headers = { ...session.headers, authorization: `Bearer ${token}` };
    return new BenchClient({ ...session, headers }, '').withNewProject();
  }

  /** The same person in another, empty project. */
  async withNewProject(): Promise<BenchClient> {
    const { id } = await this.post<{ id: string }>('/api/projects', { name: 'Harbour' });
    return new BenchClient(this.session, id);
  }

  /** Of the person who is signed in. */
  get token(): string {
    return (this.session.headers['authorization'] ?? '').replace('Bearer ', '');
  }

  live(): Promise<unknown> {
    return this.session.caller.call(`${this.session.url}/api/health/live`, { method: 'GET' });
  }

  begin(file: HashedFile): Promise<BegunUpload> {
    return this.post('/api/assets/upload-url', {
      project_id: this.projectId,
      file_name: file.name,
      file_size: file.body.length,
      content_type: file.contentType,
      checksum_sha256: file.sha256,
    });
  }

  async put({ upload_url: url, headers }: BegunUpload, file: HashedFile): Promise<void> {
    await this.session.caller.call(url, { method: 'PUT', headers, body: file.body });
  }

  complete({ file_key }: BegunUpload, file: HashedFile): Promise<{ id: string }> {
    return this.post('/api/assets', {
      name: file.name,
      project_id: this.projectId,
      file_key,
      file_size: file.body.length,
      content_type: file.contentType,
    });
  }

  /** The id of the asset. */
  async upload(file: HashedFile): Promise<string> {
    const begun = await this.begin(file);
    await this.put(begun, file);
    return (await this.complete(begun, file)).id;
  }

  accessUrl(assetId: string): Promise<unknown> {
    return this.post(`/api/assets/${assetId}/access-url`, { purpose: 'view' });
  }

  async firstPage(): Promise<AssetPage> {
    const { caller, url, headers } = this.session;
    const path = `/api/assets?project_id=${this.projectId}&limit=100`;
    const answer = await caller.call(url + path, { method: 'GET', headers });
    return JSON.parse(answer.toString()) as AssetPage;
  }

  close(): void {
    this.session.caller.close();
  }

  private async post<Answer>(path: string, body: object): Promise<Answer> {
    const { caller, url, headers } = this.session;
    const answer = await caller.call(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return JSON.parse(answer.toString()) as Answer;
  }
}
