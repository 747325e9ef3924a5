import type { CallOptions, Connection } from '../client/connection.js';
import type { Page } from '../client/wire.js';
import type { AuditEvent, AuditExportFormat, AuditFilter, AuditProof, ListAuditRequest } from './wire.js';

const of = (kind: 'assets' | 'projects', id: string): string => `/${kind}/${encodeURIComponent(id)}/audit`;

/** Who did what, newest first. */
export class AuditAPI {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  ofAsset(assetId: string, page?: ListAuditRequest, options?: CallOptions): Promise<Page<AuditEvent>> {
    return this.#connection.request(of('assets', assetId), { ...options, query: page });
  }

  ofProject(projectId: string, page?: ListAuditRequest, options?: CallOptions): Promise<Page<AuditEvent>> {
    return this.#connection.request(of('projects', projectId), { ...options, query: page });
  }

  /** All of it as a file, held in memory. */
  export(
    projectId: string,
    { format, ...filter }: AuditFilter & { format: AuditExportFormat },
    options?: CallOptions,
  ): Promise<ArrayBuffer> {
    const path = `${of('projects', projectId)}.${format}`;
    return this.#connection.requestBytes(path, { ...options, query: filter });
  }

  /** That the event is in the sealed chain. */
  proof(eventId: string, options?: CallOptions): Promise<AuditProof> {
    return this.#connection.request(`/audit/proof/${encodeURIComponent(eventId)}`, options);
  }
}
