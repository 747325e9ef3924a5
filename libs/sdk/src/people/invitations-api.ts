import type { CallOptions, Connection } from '../client/connection.js';
import type { Project } from '../client/wire.js';
import type { MyInvitation } from './wire.js';

/** `/me/invitations`: what the caller was asked to join. */
export class InvitationsAPI {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async list(options?: CallOptions): Promise<MyInvitation[]> {
    return (await this.#connection.request<{ data: MyInvitation[] }>('/me/invitations', options)).data;
  }

  answer(invitationId: string, accept: boolean, options?: CallOptions): Promise<void> {
    const path = `/me/invitations/${encodeURIComponent(invitationId)}`;
    return this.#connection.request(path, { ...options, method: 'POST', body: { accept } });
  }

  /** By the token of the mailed link. Rejects with `link_invalid`. */
  accept(token: string, options?: CallOptions): Promise<Project> {
    return this.#connection.request('/invitations/accept', { ...options, method: 'POST', body: { token } });
  }
}
