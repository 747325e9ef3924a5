import type { CallOptions, Connection } from '../client/connection.js';
import type { Page, PageRequest } from '../client/wire.js';
import type { ReviewInput } from '../client/wire.js';
import type { AuditEvent, AuditExportFormat, AuditFilter, ListAuditRequest } from '../people/wire.js';
import type {
  AdminUser,
  ListUsersRequest,
  ModerationItem,
  Tier,
  TierInput,
  UpdateUserInput,
} from './wire.js';

const at = (kind: string, id: string): string => `/admin/${kind}/${encodeURIComponent(id)}`;

/** `/admin`: running the installation. Everything rejects with `forbidden` for those who do not. */
export class AdminAPI {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  users(page?: ListUsersRequest, options?: CallOptions): Promise<Page<AdminUser>> {
    return this.#connection.request('/admin/users', { ...options, query: page });
  }

  user(userId: string, options?: CallOptions): Promise<AdminUser> {
    return this.#connection.request(at('users', userId), options);
  }

  /** In force at the user's next call. */
  updateUser(userId: string, input: UpdateUserInput, options?: CallOptions): Promise<AdminUser> {
    return this.#connection.request(at('users', userId), { ...options, method: 'PATCH', body: input });
  }

  async tiers(options?: CallOptions): Promise<Tier[]> {
    return (await this.#connection.request<{ data: Tier[] }>('/admin/tiers', options)).data;
  }

  /** Makes the tier, or changes it for all who are in it. */
  saveTier(name: string, input: TierInput, options?: CallOptions): Promise<Tier> {
    return this.#connection.request(at('tiers', name), { ...options, method: 'PUT', body: input });
  }

  /** Rejects with `tier_in_use`. */
  deleteTier(name: string, options?: CallOptions): Promise<void> {
    return this.#connection.request(at('tiers', name), { ...options, method: 'DELETE' });
  }

  /** What waits for a decision, oldest first. */
  moderation(page?: PageRequest, options?: CallOptions): Promise<Page<ModerationItem>> {
    return this.#connection.request('/admin/moderation', { ...options, query: page });
  }

  decide(assetId: string, input: ReviewInput, options?: CallOptions): Promise<void> {
    return this.#connection.request(at('moderation', assetId), { ...options, method: 'POST', body: input });
  }

  audit(page?: ListAuditRequest, options?: CallOptions): Promise<Page<AuditEvent>> {
    return this.#connection.request('/admin/audit', { ...options, query: page });
  }

  /** What the search finds as a file, held in memory. */
  exportAudit(
    { format, ...filter }: AuditFilter & { format: AuditExportFormat },
    options?: CallOptions,
  ): Promise<ArrayBuffer> {
    return this.#connection.requestBytes(`/admin/audit.${format}`, { ...options, query: filter });
  }
}

export const createAdmin = (client: Connection): AdminAPI => new AdminAPI(client);

export type * from './wire.js';
