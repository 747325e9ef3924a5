import type { CallOptions, Connection } from '../client/connection.js';
import type { Import, ImportInput } from './wire.js';

/** `/assets/import`: files that lie elsewhere, copied by the server; their old addresses resolve as references. */
export class ImportsAPI {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Rejects with `host_not_allowed`. */
  begin(input: ImportInput, options?: CallOptions): Promise<Import> {
    return this.#connection.request('/assets/import', { ...options, method: 'POST', body: input });
  }

  get(importId: string, options?: CallOptions): Promise<Import> {
    return this.#connection.request(`/imports/${encodeURIComponent(importId)}`, options);
  }
}
