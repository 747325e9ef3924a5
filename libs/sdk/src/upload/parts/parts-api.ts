import type { ApiCall, Connection } from '../../client/connection.js';
import type { PartInput, SignedParts, UploadState } from '../../client/wire.js';

/** The calls of `/uploads` that only files in parts need. */
export class PartsAPI {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Asked again for the same part, it gives another URL and forgets the first. */
  sign(assetId: string, parts: PartInput[], call: ApiCall): Promise<SignedParts> {
    const body = { parts };
    return this.#connection.request(`${at(assetId)}/parts`, {
      ...call,
      method: 'POST',
      body,
      repeatable: true,
    });
  }

  state(assetId: string, call: ApiCall): Promise<UploadState> {
    return this.#connection.request(at(assetId), call);
  }
}

const at = (assetId: string): string => `/uploads/${encodeURIComponent(assetId)}`;
