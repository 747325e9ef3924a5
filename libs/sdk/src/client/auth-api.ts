import type { CallOptions, Connection } from './connection.js';
import type { LoginInput, Session, SignupInput, User } from './wire.js';

/** `/auth`: getting in. The tokens are the host's to keep; hand them to the client through `getToken`. */
export class AuthAPI {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Rejects with `email_taken` or `invalid_request`. */
  signup(input: SignupInput, options?: CallOptions): Promise<Session> {
    return this.#connection.request('/auth/signup', {
      ...options,
      method: 'POST',
      body: input,
      anonymous: true,
    });
  }

  /** Rejects with `invalid_credentials`. */
  login(input: LoginInput, options?: CallOptions): Promise<Session> {
    const call = { ...options, method: 'POST', body: input, anonymous: true, repeatable: true } as const;
    return this.#connection.request('/auth/login', call);
  }

  /** Who the token belongs to. */
  me(options?: CallOptions): Promise<User> {
    return this.#connection.request('/auth/me', options);
  }
}
