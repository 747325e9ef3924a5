import { AssetsAPI } from '../client/assets-api.js';
import type { Connection } from '../client/connection.js';
import { interruptible } from '../client/interruptible.js';
import { randomId } from '../client/random-id.js';
import { retrying, type RetryNotice } from '../client/retrying.js';
import type { Asset, UploadUrl, UploadUrlInput } from '../client/wire.js';
import { UnsupportedError } from '../errors/unsupported-error.js';
import { announceFile } from './announce-file.js';
import type { ProgressMeter } from './progress-meter.js';
import { isExpired, putFile, type SignedPut } from './put-file.js';
import type { UploadStatus } from './upload-handle.js';
import type { UploadOptions } from './upload-options.js';
import { UploadSource } from './upload-source.js';

/** New URLs asked for after one had expired. A clock that is wrong would make each of them expire. */
const MAX_RENEWALS = 2;

/** Retries are made here and not within the call, so that waiting shows in the status. */
const ONCE = { retry: { attempts: 1 } };

export interface DeliverySettings {
  connection: Connection;
  options: UploadOptions;
  meter: ProgressMeter;
  enter: (status: UploadStatus) => void;
}

/** One file through the three calls of an upload: begin, PUT, complete. */
export class FileDelivery {
  /** Settles when the server knows that nobody waits for the upload any more. */
  released = Promise.resolve();

  #announcement: UploadUrlInput | null = null;
  #ticket: Promise<UploadUrl> | null = null;
  #sent = false;
  #renewals = 0;
  readonly #assets: AssetsAPI;
  readonly #source: UploadSource;
  readonly #settings: DeliverySettings;

  constructor(settings: DeliverySettings) {
    const { connection, options } = settings;
    this.#settings = settings;
    this.#assets = new AssetsAPI(connection);
    this.#source = new UploadSource(options.file, connection.uploads.digest);
  }

  /** Rejects with a `SlipwayError`. May be run again after `signal` ended it, and goes on where it was. */
  async run(signal: AbortSignal): Promise<Asset> {
    for (;;) {
      try {
        const announcement = (this.#announcement ??= await this.#announce(signal));
        const ticket = await this.#begin(announcement, signal);
        const { upload_url: url, headers } = ticket;
        if (url !== null && !this.#sent) await this.#put({ url, headers }, signal);
        this.#sent = true;
        return await this.#complete(ticket, signal);
      } catch (error) {
        if (!isExpired(error) || this.#renewals === MAX_RENEWALS) throw error;
        this.#renewals += 1;
        this.#settings.connection.diagnose({ type: 'upload_renewed', error });
        this.release();
        await interruptible(signal, () => this.released);
      }
    }
  }

  /** Gives the upload up; the server would find out by itself, minutes later. */
  release(): void {
    const ticket = this.#ticket;
    this.#ticket = null;
    this.#sent = false;
    if (ticket) this.released = this.#cancel(ticket);
  }

  async #announce(signal: AbortSignal): Promise<UploadUrlInput> {
    const { connection, options, enter } = this.#settings;
    enter('preparing');
    const announcement = announceFile(options);
    try {
      const checksum = await interruptible(signal, () => this.#source.sha256());
      return { ...announcement, checksum_sha256: checksum };
    } catch (error) {
      if (!(error instanceof UnsupportedError)) throw error;
      connection.diagnose({ type: 'checksum_skipped', error });
      return announcement;
    }
  }

  #begin(announcement: UploadUrlInput, signal: AbortSignal): Promise<UploadUrl> {
    const call = { ...ONCE, idempotencyKey: randomId() };
    // Never cut off: the server would keep a reservation that nobody here knows of.
    const ask = () => {
      this.#settings.enter('preparing');
      const asked = this.#assets.getUploadUrl(announcement, call);
      asked.catch(() => (this.#ticket = null));
      return asked;
    };
    return this.#repeating(signal, 'preparing', () => interruptible(signal, () => (this.#ticket ??= ask())));
  }

  #put(signed: SignedPut, signal: AbortSignal): Promise<void> {
    const { connection, meter, enter } = this.#settings;
    return putFile(signed, {
      connection,
      source: this.#source,
      meter,
      signal,
      onAttempt: () => enter('uploading'),
      onRetry: (notice) => this.#wait('uploading', notice),
    });
  }

  #complete(ticket: UploadUrl, signal: AbortSignal): Promise<Asset> {
    const { project_id, file_name, file_size, content_type } = this.#announcement as UploadUrlInput;
    const name = this.#settings.options.name ?? file_name;
    const input = { name, project_id, file_key: ticket.file_key, file_size, content_type };
    const call = { ...ONCE, signal, idempotencyKey: randomId() };
    return this.#repeating(signal, 'completing', () => {
      this.#settings.enter('completing');
      return this.#assets.createAsset(input, call);
    });
  }

  async #cancel(ticket: Promise<UploadUrl>): Promise<void> {
    const begun = await ticket.catch(() => null);
    if (!begun) return;
    try {
      await this.#assets.cancelUpload(begun.asset_id, { keepalive: true });
    } catch (error) {
      this.#settings.connection.diagnose({ type: 'cancel_failed', error });
    }
  }

  #repeating<T>(signal: AbortSignal, step: UploadStatus, operation: () => Promise<T>): Promise<T> {
    return retrying(operation, {
      policy: this.#settings.connection.uploads.retry,
      signal,
      onRetry: (notice) => this.#wait(step, notice),
    });
  }

  #wait(step: UploadStatus, notice: RetryNotice): void {
    this.#settings.connection.diagnose({ type: 'retry', step, ...notice });
    this.#settings.enter('waiting');
  }
}
