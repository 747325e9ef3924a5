import { sha256, type Bytes, type TestFile } from './test-files';

export interface Reply {
  status: number;
  body: Record<string, unknown>;
}

/** A person with an account and a project, calling a running API over the network. */
export class HttpPerson {
  private constructor(
    private readonly url: string,
    private readonly token: string,
    readonly projectId: string,
  ) {}

  static async join(url: string): Promise<HttpPerson> {
    const email = `${crypto.randomUUID()}@example.com`;
    const body = { email, password: 'correct horse', name: 'A. Person' };
    const session = await send(`${url}/api/auth/signup`, { body });
    const token = String(session.body['access_token']);
    const project = await send(`${url}/api/projects`, { token, body: { name: 'Harbour' } });
    return new HttpPerson(url, token, String(project.body['id']));
  }

  post(path: string, body: object, headers: Record<string, string> = {}): Promise<Reply> {
    return send(`${this.url}${path}`, { token: this.token, body, headers });
  }

  delete(path: string): Promise<Reply> {
    return send(`${this.url}${path}`, { method: 'DELETE', token: this.token });
  }

  async begin(file: TestFile): Promise<Record<string, unknown>> {
    const reply = await this.post('/api/assets/upload-url', {
      project_id: this.projectId,
      file_name: file.name,
      file_size: file.body.length,
      content_type: file.contentType,
      checksum_sha256: sha256(file.body),
    });
    return reply.body;
  }

  async put(begun: Record<string, unknown>, body: Bytes): Promise<number> {
    const headers = begun['headers'] as Record<string, string>;
    const response = await fetch(String(begun['upload_url']), { method: 'PUT', headers, body });
    await response.arrayBuffer();
    return response.status;
  }

  complete(
    begun: Record<string, unknown>,
    file: TestFile,
    headers: Record<string, string> = {},
  ): Promise<Reply> {
    const body = {
      name: file.name,
      project_id: this.projectId,
      file_key: begun['file_key'],
      file_size: file.body.length,
      content_type: file.contentType,
    };
    return this.post('/api/assets', body, headers);
  }
}

interface Call {
  method?: string;
  token?: string;
  body?: object;
  headers?: Record<string, string>;
}

async function send(
  url: string,
  { token, body, headers, method = body ? 'POST' : 'GET' }: Call,
): Promise<Reply> {
  const response = await fetch(url, {
    method,
    headers: {
      ...headers,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
}
