import { AssetsAPI } from '../../client/assets-api.js';
import { interruptible } from '../../client/interruptible.js';
import type { UploadState, UploadUrlInput } from '../../client/wire.js';
import { ApiError } from '../../errors/api-error.js';
import type { LargeFile, LargeTicket } from './large-file.js';
import { isSameContent } from './is-same-content.js';
import { withFallback } from './part-digest.js';
import { PartsAPI } from './parts-api.js';
import type { ResumeRecord, ResumeStore } from './resume-store.js';
import { unfinishedUploads } from './unfinished-uploads.js';
import { holdLock } from './upload-lock.js';

/** Bytes at the beginning of a file, where formats keep what sets one file apart from the next. */
const HEAD = 64 * 1024;

/** The place of one file among the unfinished uploads: found there, written down there, taken out again. */
export class UnfinishedUpload {
  #facts: Pick<ResumeRecord, 'key' | 'projectId' | 'fileName' | 'fileSize' | 'fingerprint'> | null = null;
  #release: (() => void) | null = null;
  #remembered = '';
  readonly #store: ResumeStore;
  readonly #file: LargeFile;

  constructor(file: LargeFile) {
    this.#file = file;
    this.#store = unfinishedUploads(file.connection);
  }

  get remembers(): boolean {
    return this.#remembered !== '';
  }

  /**
   * What the server says of this file's upload, when there is one to go on with. Of several tabs one goes on and the
   * others wait here; they then find it completed, or go on themselves.
   */
  async find(announcement: UploadUrlInput, signal: AbortSignal): Promise<UploadState | null> {
    const key = this.#keyOf(announcement);
    if (key === null) return null;
    const { enter } = this.#file;
    const seen = await this.#store.get(key);
    this.#release ??= await holdLock(`slipway-upload:${key}`, signal, () => enter('waiting'));
    enter('preparing');
    const record = (await this.#store.get(key)) ?? seen;
    const { project_id: projectId, file_name: fileName, file_size: fileSize } = announcement;
    const fingerprint = await interruptible(signal, () => this.#fingerprint());
    this.#facts = { key, projectId, fileName, fileSize, fingerprint };
    return record ? this.#assess(record, fingerprint, signal) : null;
  }

  async remember({ asset_id: assetId, file_key: fileKey, multipart }: LargeTicket): Promise<void> {
    if (!this.#facts || this.#remembered === assetId) return;
    this.#remembered = assetId;
    await this.#store.set({
      ...this.#facts,
      assetId,
      fileKey,
      partSize: multipart.part_size,
      createdAt: Date.now(),
    });
  }

  async forget(): Promise<void> {
    this.#remembered = '';
    if (this.#facts) await this.#store.delete(this.#facts.key);
  }

  close(): void {
    this.#release?.();
    this.#release = null;
  }

  /** Null for what cannot be told apart from another file by looking at it: a Blob has no date. */
  #keyOf(announcement: UploadUrlInput): string | null {
    const { connection, options, source } = this.#file;
    const { file } = source;
    if (options.resume === false || !('lastModified' in file)) return null;
    const { project_id, file_name, file_size, content_type } = announcement;
    return [connection.baseUrl, project_id, file_name, file_size, file.lastModified, content_type].join('|');
  }

  async #fingerprint(): Promise<string> {
    const { source, connection } = this.#file;
    const head = await source.read(source.file.slice(0, HEAD));
    return withFallback(connection.uploads.digest)('sha256', head);
  }

  async #assess(record: ResumeRecord, fingerprint: string, signal: AbortSignal): Promise<UploadState | null> {
    if (record.fingerprint !== fingerprint) return this.#discard(record);
    const state = await this.#stateOf(record, signal);
    if (state?.status === 'completed') return state;
    if (state?.status !== 'pending' || state.part_size !== record.partSize) return this.#discard(record);
    const same = await interruptible(signal, () => isSameContent(this.#file, state));
    return same ? state : this.#discard(record);
  }

  /** Null for an upload that this person has not, or not any more. */
  async #stateOf({ assetId }: ResumeRecord, signal: AbortSignal): Promise<UploadState | null> {
    const { connection, repeating } = this.#file;
    const call = { signal, retry: { attempts: 1 } };
    try {
      const operation = () => new PartsAPI(connection).state(assetId, call);
      return await repeating({ signal, step: 'preparing', operation });
    } catch (error) {
      if (error instanceof ApiError && (error.status === 404 || error.status === 410)) return null;
      throw error;
    }
  }

  /** The file has changed, or the upload is over. What it had reserved is needed for the new one. */
  async #discard({ key, assetId }: ResumeRecord): Promise<null> {
    const { connection } = this.#file;
    await this.#store.delete(key);
    try {
      await new AssetsAPI(connection).cancelUpload(assetId);
    } catch (error) {
      connection.diagnose({ type: 'cancel_failed', error });
    }
    return null;
  }
}
