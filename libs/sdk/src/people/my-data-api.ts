import type { CallOptions, Connection } from '../client/connection.js';
import type { DataExport } from './wire.js';

/** What the caller's account has here, to take along or to have erased. */
export class MyDataAPI {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Has a zip made of all of it. */
  export(options?: CallOptions): Promise<Pick<DataExport, 'id' | 'status'>> {
    return this.#connection.request('/me/export', { ...options, method: 'POST' });
  }

  async exports(options?: CallOptions): Promise<DataExport[]> {
    return (await this.#connection.request<{ data: DataExport[] }>('/me/exports', options)).data;
  }

  /** Erases the account, its projects and files, for good. Rejects with `invalid_credentials`. */
  erase(password: string, options?: CallOptions): Promise<void> {
    return this.#connection.request('/me', { ...options, method: 'DELETE', body: { password } });
  }
}
