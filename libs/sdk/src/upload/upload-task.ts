import type { Connection } from '../client/connection.js';
import { interruptible } from '../client/interruptible.js';
import { randomId } from '../client/random-id.js';
import type { Asset } from '../client/wire.js';
import { AbortedError } from '../errors/aborted-error.js';
import type { SlipwayError } from '../errors/slipway-error.js';
import { FileDelivery } from './file-delivery.js';
import { notify } from './notify.js';
import { noProgress, type Progress, ProgressMeter } from './progress-meter.js';
import type { UploadHandle, UploadStatus } from './upload-handle.js';
import type { UploadOptions } from './upload-options.js';

/** The handle of an upload: lets its delivery run in stints, each from a resume to the next pause. */
export class UploadTask implements UploadHandle {
  readonly id = randomId();
  readonly done: Promise<Asset>;
  status: UploadStatus = 'queued';
  progress: Progress;
  error: SlipwayError | null = null;

  #paused = false;
  #aborted = false;
  #stint = new AbortController();
  #wake = ignore;
  readonly #listeners = new Set<() => void>();
  readonly #delivery: FileDelivery;
  readonly #options: UploadOptions;

  constructor(connection: Connection, options: UploadOptions) {
    const { file, signal } = options;
    this.#options = options;
    this.progress = noProgress(file.size);
    const meter = new ProgressMeter(file.size, (progress) => {
      this.progress = progress;
      notify(options.onProgress, progress);
      this.#changed();
    });
    this.#delivery = new FileDelivery({
      connection,
      options,
      meter,
      enter: (status) => this.#enter(status),
    });
    const relay = () => void this.abort(signal?.reason);
    signal?.addEventListener('abort', relay, { once: true });
    this.done = this.#run(meter).finally(() => signal?.removeEventListener('abort', relay));
    this.done.catch(ignore);
    if (signal?.aborted) relay();
  }

  get then() {
    return this.done.then.bind(this.done);
  }

  pause(): void {
    if (this.#paused || this.#ended) return;
    this.#paused = true;
    this.#enter('paused');
    this.#stint.abort();
  }

  resume(): void {
    if (!this.#paused || this.#ended) return;
    this.#paused = false;
    this.#enter('queued');
    this.#wake();
  }

  async abort(reason?: unknown): Promise<void> {
    if (!this.#ended) {
      this.#aborted = true;
      this.#stint.abort(reason);
      await this.done.catch(ignore);
    }
    await this.#delivery.released;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get #ended(): boolean {
    return this.#aborted || this.status === 'done' || this.status === 'error';
  }

  async #run(meter: ProgressMeter): Promise<Asset> {
    // The caller has the handle before anything is told of it.
    await Promise.resolve();
    try {
      const asset = await this.#throughPauses();
      meter.finish();
      this.#enter('done');
      return asset;
    } catch (thrown) {
      const error = this.#aborted ? new AbortedError(this.#stint.signal.reason) : (thrown as SlipwayError);
      this.#delivery.release();
      this.error = this.#aborted ? null : error;
      this.#enter(this.#aborted ? 'aborted' : 'error');
      throw error;
    }
  }

  async #throughPauses(): Promise<Asset> {
    for (;;) {
      try {
        const { signal } = this.#stint;
        if (this.#paused) await interruptible(signal, () => new Promise<void>((wake) => (this.#wake = wake)));
        return await this.#delivery.run(signal);
      } catch (error) {
        if (this.#aborted || !this.#stint.signal.aborted) throw error;
        this.#stint = new AbortController();
      }
    }
  }

  #enter(status: UploadStatus): void {
    if (status === this.status) return;
    this.status = status;
    notify(this.#options.onStatus, status);
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.#listeners) notify(listener, undefined);
  }
}

const ignore = (): void => {};
