import type { Connection } from '../client/connection.js';
import { interruptible } from '../client/interruptible.js';
import { randomId } from '../client/random-id.js';
import type { Asset } from '../client/wire.js';
import { AbortedError } from '../errors/aborted-error.js';
import type { SlipwayError } from '../errors/slipway-error.js';
import { retrying } from '../client/retrying.js';
import type { FileDelivery } from './file-delivery.js';
import { loadDelivery } from './load-delivery.js';
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
  #delivery: FileDelivery | null = null;
  readonly #meter: ProgressMeter;
  readonly #connection: Connection;
  readonly #options: UploadOptions;

  constructor(connection: Connection, options: UploadOptions) {
    const { file, signal } = options;
    this.#connection = connection;
    this.#options = options;
    this.progress = noProgress(file.size);
    this.#meter = new ProgressMeter(file.size, (progress) => {
      this.progress = progress;
      notify(options.onProgress, progress);
      this.#changed();
    });
    const relay = () => void this.abort(signal?.reason);
    signal?.addEventListener('abort', relay, { once: true });
    this.done = this.#run().finally(() => signal?.removeEventListener('abort', relay));
    this.done.catch(ignore);
    if (signal?.aborted) relay();
  }

  // oxlint-disable-next-line unicorn/no-thenable -- being awaited is what it is for
  get then() {
    return this.done.then.bind(this.done);
  }

  pause(): void {
    if (this.#paused || this.#ended) return;
    this.#paused = true;
    this.#enter('paused');
    this.#stint.abort();
    this.#meter.flush();
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
    await this.#delivery?.released;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get #ended(): boolean {
    return this.#aborted || this.status === 'done' || this.status === 'error';
  }

  async #run(): Promise<Asset> {
    // The caller has the handle before anything is told of it.
    await Promise.resolve();
    try {
      const asset = await this.#throughPauses();
      this.#delivery?.end(null);
      this.#meter.finish();
      this.#enter('done');
      return asset;
    } catch (thrown) {
      const error = this.#aborted ? new AbortedError(this.#stint.signal.reason) : (thrown as SlipwayError);
      this.#delivery?.end(error);
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
        this.#delivery ??= await this.#load(signal);
        return await this.#delivery.run(signal);
      } catch (error) {
        if (this.#aborted || !this.#stint.signal.aborted) throw error;
        this.#stint = new AbortController();
      }
    }
  }

  async #load(signal: AbortSignal): Promise<FileDelivery> {
    const { uploads } = this.#connection;
    const code = await retrying(loadDelivery, { policy: uploads.retry, signal });
    const enter = (status: UploadStatus) => this.#enter(status);
    return new code.FileDelivery({
      connection: this.#connection,
      options: this.#options,
      meter: this.#meter,
      enter,
    });
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
