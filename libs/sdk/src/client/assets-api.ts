import type { ApiCall, CallOptions, Connection } from './connection.js';
import type {
  AccessUrlInput,
  Asset,
  CreateAssetInput,
  ListAssetsRequest,
  Page,
  RenditionList,
  ReviewInput,
  SignedUrl,
  UpdateAssetInput,
  UploadUrl,
  UploadUrlInput,
  UploadUrlResult,
} from './wire.js';

/** How often to try, and under which key: for callers that retry around several calls. */
export type RepeatOptions = CallOptions & Pick<ApiCall, 'retry' | 'idempotencyKey' | 'keepalive'>;

const at = (assetId: string): string => `/assets/${encodeURIComponent(assetId)}`;

/** `/assets` and `/uploads`, bodies as the API has them. `uploadFile` does the three calls of an upload in one. */
export class AssetsAPI {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Begins an upload: reserves its bytes and answers the PUT that admits this one file. */
  getUploadUrl(input: UploadUrlInput, options?: RepeatOptions): Promise<UploadUrl> {
    return this.#connection.request('/assets/upload-url', {
      ...options,
      method: 'POST',
      body: input,
      repeatable: true,
    });
  }

  /** The same for up to 100 files in one transaction, with a result for each, in their order. */
  async getUploadUrls(files: UploadUrlInput[], options?: RepeatOptions): Promise<UploadUrlResult[]> {
    const { data } = await this.#connection.request<{ data: UploadUrlResult[] }>('/assets/upload-urls', {
      ...options,
      method: 'POST',
      body: { files },
      repeatable: true,
    });
    return data;
  }

  /** Completes an upload: the server checks the object and makes the asset, the same one however often this is called. */
  createAsset(input: CreateAssetInput, options?: RepeatOptions): Promise<Asset> {
    return this.#connection.request('/assets', { ...options, method: 'POST', body: input, repeatable: true });
  }

  /** Gives an upload up and frees what it had reserved. An upload that has ended stays as it is. */
  cancelUpload(assetId: string, options?: RepeatOptions): Promise<void> {
    return this.#connection.request(`/uploads/${encodeURIComponent(assetId)}`, {
      ...options,
      method: 'DELETE',
    });
  }

  /** One project's assets, newest first. */
  list(page: ListAssetsRequest, options?: CallOptions): Promise<Page<Asset>> {
    return this.#connection.request('/assets', { ...options, query: page });
  }

  get(assetId: string, options?: CallOptions): Promise<Asset> {
    return this.#connection.request(at(assetId), options);
  }

  /** What was made of the file and what could not be, with the reason. */
  renditions(assetId: string, options?: CallOptions): Promise<RenditionList> {
    return this.#connection.request(`${at(assetId)}/renditions`, options);
  }

  /** Only what is given changes. `expires_at` null: never. */
  update(assetId: string, input: UpdateAssetInput, options?: CallOptions): Promise<Asset> {
    return this.#connection.request(at(assetId), { ...options, method: 'PATCH', body: input });
  }

  /** Moves the file to another key, so that every signed URL given out before dies. Rejects with `asset_busy`. */
  rotate(assetId: string, options?: CallOptions): Promise<void> {
    return this.#connection.request(`${at(assetId)}/rotate`, { ...options, method: 'POST' });
  }

  /** Publishes what waits for it, or rejects it with a reason for the project's editors and owners. */
  review(assetId: string, input: ReviewInput, options?: CallOptions): Promise<Asset> {
    return this.#connection.request(`${at(assetId)}/review`, { ...options, method: 'POST', body: input });
  }

  delete(assetId: string, options?: CallOptions): Promise<void> {
    return this.#connection.request(at(assetId), { ...options, method: 'DELETE' });
  }

  /** A signed URL of the original file. The server keeps a record of each one given out. */
  accessUrl(assetId: string, input: AccessUrlInput, options?: CallOptions): Promise<SignedUrl> {
    const call = { ...options, method: 'POST', body: input, repeatable: true } as const;
    return this.#connection.request(`${at(assetId)}/access-url`, call);
  }
}
