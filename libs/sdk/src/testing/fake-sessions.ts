import type { Session } from '../client/wire.js';

interface Answer {
  status?: number;
  body?: object;
}

/** One browser's refresh cookie, as the API rotates it: what was spent once must not come again. */
export class FakeSessions {
  /** Null where there is none. */
  cookie: number | null = null;
  tokenLifeSeconds = 900;
  readonly spent: number[] = [];
  #count = 0;

  signIn(): Session {
    this.#count += 1;
    this.cookie = this.#count;
    return {
      user: { id: 'USR-1', email: 'ada@example.com', name: 'Ada', role: 'user', email_verified: true },
      access_token: `token-${this.#count}`,
      token_type: 'Bearer',
      expires_in: this.tokenLifeSeconds,
    };
  }

  answer(route: string): Answer {
    if (route.endsWith('/logout')) {
      this.cookie = null;
      return { status: 204 };
    }
    if (this.cookie === null) return { status: 401, body: { status: 401, code: 'unauthenticated' } };
    this.spent.push(this.cookie);
    return { body: this.signIn() };
  }
}
