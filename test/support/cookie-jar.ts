import type { Answer, CallOptions, HttpWorld } from './http-world';

/** What a browser does with the refresh cookie of one device. */
export class CookieJar {
  cookie: string | null = null;

  constructor(private readonly http: HttpWorld) {}

  /** Calls with the cookie, and keeps the one that comes back. */
  async post(path: string, { headers, ...options }: CallOptions = {}): Promise<Answer> {
    const answer = await this.http.call('POST', path, {
      body: {},
      ...options,
      headers: { ...(this.cookie !== null && { cookie: this.cookie }), ...headers },
    });
    this.keep(answer);
    return answer;
  }

  refresh(): Promise<Answer> {
    return this.post('/api/auth/refresh');
  }

  private keep({ headers }: Answer): void {
    const given = headers['set-cookie'];
    if (typeof given !== 'string') return;
    const [pair = ''] = given.split(';', 1);
    this.cookie = pair.endsWith('=') ? null : pair;
  }
}
