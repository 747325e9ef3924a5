import type { CallOptions, Connection } from '../client/connection.js';
import type { ApiKey, CreateApiKeyInput, NewApiKey } from './wire.js';

/** `/auth/api-keys`: what servers sign in with. */
export class ApiKeysAPI {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async list(options?: CallOptions): Promise<ApiKey[]> {
    return (await this.#connection.request<{ data: ApiKey[] }>('/auth/api-keys', options)).data;
  }

  /** The only answer that has the key itself. */
  create(input: CreateApiKeyInput, options?: CallOptions): Promise<NewApiKey> {
    return this.#connection.request('/auth/api-keys', { ...options, method: 'POST', body: input });
  }

  revoke(keyId: string, options?: CallOptions): Promise<void> {
    const path = `/auth/api-keys/${encodeURIComponent(keyId)}`;
    return this.#connection.request(path, { ...options, method: 'DELETE' });
  }
}
