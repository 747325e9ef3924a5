import type { CallOptions, Connection } from '../client/connection.js';
import type { Page, PageRequest } from '../client/wire.js';
import type { AddMemberInput, Invitation, Member, ProjectRole } from './wire.js';

const within = (projectId: string, ...rest: string[]): string =>
  ['/projects', projectId, ...rest].map((part, place) => (place ? encodeURIComponent(part) : part)).join('/');

/** `/projects/:id/members` and `…/invitations`: who works in a project. */
export class MembersAPI {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  list(projectId: string, page?: PageRequest, options?: CallOptions): Promise<Page<Member>> {
    return this.#connection.request(within(projectId, 'members'), { ...options, query: page });
  }

  /** A member where it was told by id; an invitation where by address, alike whether there is such an account. */
  add(projectId: string, input: AddMemberInput, options?: CallOptions): Promise<Member | Invitation> {
    const path = within(projectId, 'members');
    return this.#connection.request(path, { ...options, method: 'POST', body: input });
  }

  /** Rejects with `last_owner`. */
  setRole(
    { project_id, user_id }: { project_id: string; user_id: string },
    role: ProjectRole,
    options?: CallOptions,
  ): Promise<Member> {
    const path = within(project_id, 'members', user_id);
    return this.#connection.request(path, { ...options, method: 'PATCH', body: { role } });
  }

  /** Oneself: leaves. Rejects with `last_owner`. */
  remove(projectId: string, userId: string, options?: CallOptions): Promise<void> {
    return this.#connection.request(within(projectId, 'members', userId), { ...options, method: 'DELETE' });
  }

  /** Invitations that were not answered yet. */
  async invitations(projectId: string, options?: CallOptions): Promise<Invitation[]> {
    const path = within(projectId, 'invitations');
    return (await this.#connection.request<{ data: Invitation[] }>(path, options)).data;
  }

  withdraw(projectId: string, invitationId: string, options?: CallOptions): Promise<void> {
    const path = within(projectId, 'invitations', invitationId);
    return this.#connection.request(path, { ...options, method: 'DELETE' });
  }
}
