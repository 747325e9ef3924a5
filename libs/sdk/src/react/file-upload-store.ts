import type { Client } from '../client/create-client.js';
import type { Asset } from '../client/wire.js';
import type { SlipwayError } from '../errors/slipway-error.js';
import type { UploadOptions } from '../upload/upload-options.js';

export interface FileUploadState {
  readonly uploading: boolean;
  /** 0 to 100, whole numbers, never decreasing within one upload; 100 only once the asset is there. */
  readonly progress: number;
  readonly error: SlipwayError | null;
}

export const IDLE: FileUploadState = Object.freeze({ uploading: false, progress: 0, error: null });

/** State of one hook's uploads, kept outside React so that renders neither start nor end anything. */
export class FileUploadStore {
  #state = IDLE;
  #latest: AbortController | null = null;
  readonly #running = new Set<AbortController>();
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): FileUploadState => this.#state;

  /** The asset, or null: then `error` says why, or it was cancelled. With several at once the state is the latest one's. */
  readonly upload = async (client: Client, options: UploadOptions): Promise<Asset | null> => {
    const controller = new AbortController();
    const relay = () => controller.abort(options.signal?.reason);
    if (options.signal?.aborted) relay();
    options.signal?.addEventListener('abort', relay, { once: true });
    this.#begin(controller);
    try {
      const asset = await client.uploadFile(this.#observed(controller, options));
      this.#update(controller, { uploading: false, progress: 100 });
      return asset;
    } catch (error) {
      this.#fail(controller, error as SlipwayError);
      return null;
    } finally {
      this.#running.delete(controller);
      options.signal?.removeEventListener('abort', relay);
    }
  };

  readonly cancel = (): void => {
    for (const controller of this.#running) controller.abort();
  };

  readonly clearError = (): void => this.#set({ error: null });

  #begin(controller: AbortController): void {
    this.#latest = controller;
    this.#running.add(controller);
    this.#set({ uploading: true, progress: 0, error: null });
  }

  #observed(controller: AbortController, options: UploadOptions): UploadOptions {
    return {
      ...options,
      signal: controller.signal,
      onProgress: (progress) => {
        this.#update(controller, { progress: Math.floor(progress.fraction * 100) });
        options.onProgress?.(progress);
      },
    };
  }

  #fail(controller: AbortController, error: SlipwayError): void {
    const cancelled = error.code === 'aborted';
    this.#update(controller, cancelled ? IDLE : { uploading: false, error });
  }

  #update(controller: AbortController, change: Partial<FileUploadState>): void {
    if (controller === this.#latest) this.#set(change);
  }

  #set(change: Partial<FileUploadState>): void {
    const next = { ...this.#state, ...change };
    const same = (Object.keys(next) as (keyof FileUploadState)[]).every(
      (key) => next[key] === this.#state[key],
    );
    if (same) return;
    this.#state = next;
    for (const listener of this.#listeners) listener();
  }
}
