import type { CallOptions, Connection } from '../client/connection.js';
import type { Session, User } from '../client/wire.js';
import type { DeviceSession, PreviewedMail } from './wire.js';

/** The rest of `/auth`. Whoever signs in by a cookie renews and ends a session by `sessionTokens`. */
export class AccountAPI {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  rename(name: string, options?: CallOptions): Promise<User> {
    return this.#connection.request('/auth/me', { ...options, method: 'PATCH', body: { name } });
  }

  /** Ends every other session; the answer is this device's new one. Rejects with `invalid_credentials`. */
  changePassword(
    input: { current_password: string; new_password: string },
    options?: CallOptions,
  ): Promise<Session> {
    return this.#connection.request('/auth/password', { ...options, method: 'POST', body: input });
  }

  /** Has a link mailed to the address, if there is an account with it; the answer is the same if not. */
  forgotPassword(email: string, options?: CallOptions): Promise<void> {
    return this.#openly('/auth/password/forgot', { email }, options);
  }

  /** By the token of the mailed link; ends every session. Rejects with `link_invalid`. */
  resetPassword(input: { token: string; new_password: string }, options?: CallOptions): Promise<void> {
    return this.#openly('/auth/password/reset', input, options);
  }

  /** By the token of the mailed link. Rejects with `link_invalid`. */
  verifyEmail(token: string, options?: CallOptions): Promise<void> {
    return this.#openly('/auth/email/verify', { token }, options);
  }

  /** Has the mail sent once more. */
  sendVerification(options?: CallOptions): Promise<void> {
    return this.#connection.request('/auth/email/verification', { ...options, method: 'POST' });
  }

  /** The devices on which the caller is signed in. */
  async sessions(options?: CallOptions): Promise<DeviceSession[]> {
    return (await this.#connection.request<{ data: DeviceSession[] }>('/auth/sessions', options)).data;
  }

  endSession(sessionId: string, options?: CallOptions): Promise<void> {
    const path = `/auth/sessions/${encodeURIComponent(sessionId)}`;
    return this.#connection.request(path, { ...options, method: 'DELETE' });
  }

  /** What a development server would have mailed, newest first; `not_found` everywhere else. */
  async mails(options?: CallOptions): Promise<PreviewedMail[]> {
    const call = { ...options, anonymous: true };
    return (await this.#connection.request<{ data: PreviewedMail[] }>('/auth/mails', call)).data;
  }

  #openly(path: string, body: object, options?: CallOptions): Promise<void> {
    return this.#connection.request(path, { ...options, method: 'POST', body, anonymous: true });
  }
}
