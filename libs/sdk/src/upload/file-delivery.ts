import { AssetsAPI } from '../client/assets-api.js';
import { interruptible } from '../client/interruptible.js';
import { randomId } from '../client/random-id.js';
import { retrying, type RetryNotice } from '../client/retrying.js';
import type { Asset, UploadUrl, UploadUrlInput } from '../client/wire.js';
import type { SlipwayError } from '../errors/slipway-error.js';
import { UnsupportedError } from '../errors/unsupported-error.js';
import { announceFile } from './announce-file.js';
import type { DeliverySettings, Repeated } from './delivery-settings.js';
import { loadParts } from './load-parts.js';
import type { LargeDelivery } from './parts/large-delivery.js';
import { isExpired, putFile, type SignedPut } from './put-file.js';
import type { UploadStatus } from './upload-handle.js';
import { UploadSource } from './upload-source.js';

/** New URLs asked for after one had expired. A clock that is wrong would make each of them expire. */
const MAX_RENEWALS = 2;

/** Retries are made here and not within the call, so that waiting shows in the status. */
const ONCE = { retry: { attempts: 1 } };

/** What was begun, here or before a reload. */
type Ticket = Pick<UploadUrl, 'asset_id' | 'file_key' | 'multipart'> &
  Partial<Pick<UploadUrl, 'upload_url' | 'headers'>>;

/** One file through the three calls of an upload: begin, PUT, complete; or, in parts, what stands for the PUT. */
export class FileDelivery {
  /** Settles when the server knows that nobody waits for the upload any more. */
  released = Promise.resolve();

  #announcement: UploadUrlInput | null = null;
  #ticket: Promise<Ticket> | null = null;
  #large: LargeDelivery | null = null;
  #searched = false;
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
        await this.#search(announcement, signal);
        const ticket = await this.#begin(announcement, signal);
        return await this.#deliver(ticket, signal);
      } catch (error) {
        if (!isExpired(error) || this.#renewals === MAX_RENEWALS) throw error;
        this.#renewals += 1;
        this.#settings.connection.diagnose({ type: 'upload_renewed', error });
        this.#release();
        await interruptible(signal, () => this.released);
      }
    }
  }

  /** It is over. What another try could go on with is kept, the rest is given up, here and on the server. */
  end(error: SlipwayError | null): void {
    if (!error) this.#ticket = null;
    if (!error || !this.#large?.keeps(error)) this.#release();
    this.released = this.#leave(this.released);
  }

  async #leave(released: Promise<void>): Promise<void> {
    await released;
    this.#large?.close();
  }

  /** The server would find out by itself, minutes later. */
  #release(): void {
    const ticket = this.#ticket;
    this.#ticket = null;
    this.#sent = false;
    this.released = this.#cancel(ticket);
  }

  async #announce(signal: AbortSignal): Promise<UploadUrlInput> {
    const { connection, options, enter } = this.#settings;
    enter('preparing');
    const announcement = announceFile(options);
    if (this.#isLarge) return announcement;
    try {
      const checksum = await interruptible(signal, () => this.#source.sha256());
      return { ...announcement, checksum_sha256: checksum };
    } catch (error) {
      if (!(error instanceof UnsupportedError)) throw error;
      connection.diagnose({ type: 'checksum_skipped', error });
      return announcement;
    }
  }

  get #isLarge(): boolean {
    return this.#source.file.size > this.#settings.connection.uploads.partsAbove;
  }

  /** Goes on with what was left unfinished; only once, since a renewal is to begin anew. */
  async #search(announcement: UploadUrlInput, signal: AbortSignal): Promise<void> {
    if (this.#searched || !this.#isLarge) return;
    const large = await this.#inParts(signal);
    const found = await large.find(announcement, signal);
    this.#searched = true;
    if (found) this.#ticket = Promise.resolve(found);
  }

  #begin(announcement: UploadUrlInput, signal: AbortSignal): Promise<Ticket> {
    const call = { ...ONCE, idempotencyKey: randomId() };
    // Never cut off: the server would keep a reservation that nobody here knows of.
    const ask = () => {
      this.#settings.enter('preparing');
      const asked = this.#assets.getUploadUrl(announcement, call);
      asked.catch(() => (this.#ticket = null));
      return asked;
    };
    return this.#repeating({
      signal,
      step: 'preparing',
      operation: () => interruptible(signal, () => (this.#ticket ??= ask())),
    });
  }

  async #deliver(ticket: Ticket, signal: AbortSignal): Promise<Asset> {
    const { multipart, upload_url: url, headers = {} } = ticket;
    const complete = () => this.#complete(ticket, signal);
    if (multipart) return (await this.#inParts(signal)).deliver({ ...ticket, multipart }, signal, complete);
    // Without a URL the server has the bytes already.
    if (url && !this.#sent) await this.#put({ url, headers }, signal);
    this.#sent = true;
    return complete();
  }

  async #inParts(signal: AbortSignal): Promise<LargeDelivery> {
    const { LargeDelivery } = await this.#repeating({ signal, step: 'preparing', operation: loadParts });
    return (this.#large ??= new LargeDelivery({
      ...this.#settings,
      source: this.#source,
      repeating: (work) => this.#repeating(work),
    }));
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

  #complete({ file_key, multipart }: Ticket, signal: AbortSignal): Promise<Asset> {
    const { project_id, file_name, file_size, content_type } = this.#announcement as UploadUrlInput;
    const name = this.#settings.options.name ?? file_name;
    const call = { ...ONCE, signal, idempotencyKey: randomId() };
    return this.#repeating({
      signal,
      step: 'completing',
      operation: () => {
        this.#settings.enter('completing');
        return this.#assets.createAsset({ name, project_id, file_key, file_size, content_type }, call);
      },
      // A part that is missing does not come by waiting.
      mayRetry: ({ retryable, code }) => retryable && !(multipart && code === 'object_missing'),
    });
  }

  async #cancel(ticket: Promise<Ticket> | null): Promise<void> {
    await this.#large?.forget();
    const begun = await ticket?.catch(() => null);
    if (!begun) return;
    try {
      await this.#assets.cancelUpload(begun.asset_id, { keepalive: true });
    } catch (error) {
      this.#settings.connection.diagnose({ type: 'cancel_failed', error });
    }
  }

  #repeating<T>({ signal, step, operation, ...rest }: Repeated<T>): Promise<T> {
    return retrying(operation, {
      policy: this.#settings.connection.uploads.retry,
      signal,
      ...rest,
      onRetry: (notice) => this.#wait(step, notice),
    });
  }

  #wait(step: UploadStatus, notice: RetryNotice): void {
    this.#settings.connection.diagnose({ type: 'retry', step, ...notice });
    this.#settings.enter('waiting');
  }
}
