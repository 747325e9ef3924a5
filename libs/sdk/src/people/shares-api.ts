import type { CallOptions, Connection } from '../client/connection.js';
import type { Page, PageRequest, SignedUrl } from '../client/wire.js';
import type { CreateShareInput, NewShare, Share, SharedAsset, SharedFile } from './wire.js';

const of = (assetId: string): string => `/assets/${encodeURIComponent(assetId)}/shares`;
const link = (token: string): string => `/s/${encodeURIComponent(token)}`;

/** `/assets/:id/shares`, and what was shared with the caller. */
export class SharesAPI {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Newest first, with those that have ended and were revoked. */
  list(assetId: string, page?: PageRequest, options?: CallOptions): Promise<Page<Share>> {
    return this.#connection.request(of(assetId), { ...options, query: page });
  }

  /** The only answer that has a link's token and address. */
  create(assetId: string, input: CreateShareInput, options?: CallOptions): Promise<NewShare> {
    return this.#connection.request(of(assetId), { ...options, method: 'POST', body: input });
  }

  revoke(assetId: string, shareId: string, options?: CallOptions): Promise<void> {
    const path = `${of(assetId)}/${encodeURIComponent(shareId)}`;
    return this.#connection.request(path, { ...options, method: 'DELETE' });
  }

  /** Assets of others that the caller may see. */
  withMe(page?: PageRequest, options?: CallOptions): Promise<Page<SharedAsset>> {
    return this.#connection.request('/me/shared', { ...options, query: page });
  }

  /** What a link leads to, as far as it tells without a password. Rejects with `not_found`, `share_expired`. */
  look(token: string, options?: CallOptions): Promise<SharedFile> {
    return this.#connection.request(link(token), { ...options, anonymous: true });
  }

  /** The same to whoever has the password. Rejects with `password_required`, `wrong_password` too. */
  open(token: string, input: { password?: string } = {}, options?: CallOptions): Promise<SharedFile> {
    const call = { ...options, method: 'POST', body: input, anonymous: true, repeatable: true } as const;
    return this.#connection.request(`${link(token)}/open`, call);
  }

  /** Counts as a download. Rejects with `password_required`, `wrong_password`, `share_exhausted`, `share_expired`. */
  download(
    token: string,
    input: { password?: string; purpose?: 'view' | 'download' } = {},
    options?: CallOptions,
  ): Promise<SignedUrl> {
    const call = { ...options, method: 'POST', body: input, anonymous: true } as const;
    return this.#connection.request(`${link(token)}/download`, call);
  }
}
