import { AssetsAPI } from '../client/assets-api.js';
import type { Connection } from '../client/connection.js';
import { interruptible } from '../client/interruptible.js';
import { randomId } from '../client/random-id.js';
import { retrying, type RetryNotice } from '../client/retrying.js';
import type { Asset, UploadUrl, UploadUrlInput } from '../client/wire.js';
import { AbortedError } from '../errors/aborted-error.js';
import { isSlipwayError } from '../errors/slipway-error.js';
import { UnsupportedError } from '../errors/unsupported-error.js';
import { announceFile } from './announce-file.js';
import { notify } from './notify.js';
import { ProgressMeter } from './progress-meter.js';
import { isExpired, putFile } from './put-file.js';
import type { UploadOptions, UploadStatus } from './upload-options.js';
import { UploadSource } from './upload-source.js';

/** New URLs asked for after one had expired. A clock that is wrong would make each of them expire. */
const MAX_RENEWALS = 2;

/** Retries are made here and not within the call, so that waiting shows in the status. */
const ONCE = { retry: { attempts: 1 } };

/** One file through the three calls of an upload: begin, PUT, complete. Runs once. */
export class SinglePutUpload {
  #status: UploadStatus | null = null;
  readonly #assets: AssetsAPI;
  readonly #source: UploadSource;
  readonly #meter: ProgressMeter;

  readonly #connection: Connection;
  readonly #options: UploadOptions;

  constructor(connection: Connection, options: UploadOptions) {
    this.#connection = connection;
    this.#options = options;
    this.#assets = new AssetsAPI(connection);
    this.#source = new UploadSource(options.file, connection.uploads.digest);
    this.#meter = new ProgressMeter(options.file.size, (progress) => notify(options.onProgress, progress));
  }

  /** Rejects with a `SlipwayError`; by then the upload is over, here and, as far as it can be reached, on the server. */
  async run(): Promise<Asset> {
    try {
      const announcement = await this.#prepare();
      const asset = await this.#deliver(announcement);
      this.#meter.finish();
      this.#enter('done');
      return asset;
    } catch (error) {
      this.#enter(isSlipwayError(error) && error.code === 'aborted' ? 'aborted' : 'failed');
      throw error;
    }
  }

  async #prepare(): Promise<UploadUrlInput> {
    this.#enter('preparing');
    const announcement = announceFile(this.#options);
    try {
      const checksum = await interruptible(this.#options.signal, () => this.#source.sha256());
      return { ...announcement, checksum_sha256: checksum };
    } catch (error) {
      if (!(error instanceof UnsupportedError)) throw error;
      this.#connection.diagnose({ type: 'checksum_skipped', error });
      return announcement;
    }
  }

  async #deliver(announcement: UploadUrlInput): Promise<Asset> {
    for (let renewals = 0; ; renewals += 1) {
      const ticket = await this.#begin(announcement);
      try {
        await this.#put(ticket);
        return await this.#complete(ticket, announcement);
      } catch (error) {
        const released = this.#release(ticket);
        if (!isExpired(error) || renewals === MAX_RENEWALS) throw error;
        this.#connection.diagnose({ type: 'upload_renewed', error });
        await interruptible(this.#options.signal, () => released);
      }
    }
  }

  #begin(announcement: UploadUrlInput): Promise<UploadUrl> {
    const call = { ...ONCE, idempotencyKey: randomId() };
    return this.#repeating('preparing', async () => {
      // Not cut by the signal: the server would keep a reservation that nobody here knows of.
      const begun = this.#assets.getUploadUrl(announcement, call);
      try {
        return await interruptible(this.#options.signal, () => begun);
      } catch (error) {
        if (error instanceof AbortedError) begun.then((ticket) => this.#release(ticket), ignore);
        throw error;
      }
    });
  }

  #put(ticket: UploadUrl): Promise<void> {
    return putFile(ticket, {
      connection: this.#connection,
      source: this.#source,
      meter: this.#meter,
      signal: this.#options.signal,
      onAttempt: () => this.#enter('uploading'),
      onRetry: (notice) => this.#wait('uploading', notice),
    });
  }

  #complete(ticket: UploadUrl, announcement: UploadUrlInput): Promise<Asset> {
    const { project_id, file_name, file_size, content_type } = announcement;
    const name = this.#options.name ?? file_name;
    const input = { name, project_id, file_key: ticket.file_key, file_size, content_type };
    const call = { ...ONCE, signal: this.#options.signal, idempotencyKey: randomId() };
    return this.#repeating('completing', () => this.#assets.createAsset(input, call));
  }

  /** Tells the server that nobody waits for this upload any more; it would find out by itself, minutes later. */
  async #release(ticket: UploadUrl): Promise<void> {
    try {
      await this.#assets.cancelUpload(ticket.asset_id, { keepalive: true });
    } catch (error) {
      this.#connection.diagnose({ type: 'cancel_failed', error });
    }
  }

  #repeating<T>(status: UploadStatus, operation: () => Promise<T>): Promise<T> {
    const attempt = () => {
      this.#enter(status);
      return operation();
    };
    const { retry: policy } = this.#connection.uploads;
    return retrying(attempt, {
      policy,
      signal: this.#options.signal,
      onRetry: (notice) => this.#wait(status, notice),
    });
  }

  #wait(step: UploadStatus, notice: RetryNotice): void {
    this.#connection.diagnose({ type: 'retry', step, ...notice });
    this.#enter('waiting');
  }

  #enter(status: UploadStatus): void {
    if (status === this.#status) return;
    this.#status = status;
    notify(this.#options.onStatus, status);
  }
}

const ignore = (): void => {};
