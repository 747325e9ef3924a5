import type { CallOptions, Connection } from '../client/connection.js';
import type { Gallery } from './wire.js';

const of = (projectId: string): string => `/projects/${encodeURIComponent(projectId)}/gallery`;

/** `/projects/:id/gallery`: a project's public assets at an address of their own. */
export class GalleriesAPI {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Null where the project has none. */
  async get(projectId: string, options?: CallOptions): Promise<Gallery | null> {
    const { gallery } = await this.#connection.request<{ gallery: Gallery | null }>(of(projectId), options);
    return gallery;
  }

  /** Rejects with `slug_taken`. */
  open(projectId: string, slug: string, options?: CallOptions): Promise<Gallery> {
    return this.#connection.request(of(projectId), { ...options, method: 'PUT', body: { slug } });
  }

  close(projectId: string, options?: CallOptions): Promise<void> {
    return this.#connection.request(of(projectId), { ...options, method: 'DELETE' });
  }
}
