import { backoffMs } from '../../client/retrying.js';
import { sleep } from '../../client/sleep.js';
import type { Asset, UploadState, UploadUrlInput } from '../../client/wire.js';
import { ApiError } from '../../errors/api-error.js';
import type { SlipwayErrorCode } from '../../errors/error-codes.js';
import type { SlipwayError } from '../../errors/slipway-error.js';
import { StorageError } from '../../errors/storage-error.js';
import type { LargeFile, LargeTicket } from './large-file.js';
import { missingParts } from './part.js';
import { PartPipeline } from './part-pipeline.js';
import { PartTransfer } from './part-transfer.js';
import { PartsAPI } from './parts-api.js';
import { UnfinishedUpload } from './unfinished-upload.js';

/** PUTs of one file at once; the pool of the client may allow fewer. */
const SENDERS = 4;
/** Rounds of asking what is missing, without any part arriving, after which the storage is not believed any more. */
const MAX_REPAIRS = 3;
/** Errors that a person can get past, beside those that pass by themselves. */
const MENDABLE = new Set<SlipwayErrorCode>(['unauthenticated', 'cors', 'file_unreadable']);

/** One file in parts: sends what the storage does not have, until the server calls it complete. */
export class LargeDelivery {
  /** What the server last said; null when it is to be asked. */
  #state: UploadState | null = null;
  #repairs = 0;
  /** Uploads that may have parts. */
  readonly #visited = new Set<string>();
  readonly #memory: UnfinishedUpload;
  readonly #api: PartsAPI;
  readonly #file: LargeFile;

  constructor(file: LargeFile) {
    this.#file = file;
    this.#api = new PartsAPI(file.connection);
    this.#memory = new UnfinishedUpload(file);
  }

  /** The upload of this file that was left unfinished, here or in another tab that is waited for; null for none. */
  async find(announcement: UploadUrlInput, signal: AbortSignal): Promise<LargeTicket | null> {
    this.#state = await this.#memory.find(announcement, signal);
    if (!this.#state) return null;
    this.#visited.add(this.#state.asset_id);
    return ticketOf(this.#state);
  }

  /** Sends and completes. Rejects with `upload_expired` when the server has given the upload up. */
  async deliver(ticket: LargeTicket, signal: AbortSignal, complete: () => Promise<Asset>): Promise<Asset> {
    for (;;) {
      try {
        await this.#sendMissing(ticket, signal);
        return await complete();
      } catch (error) {
        this.#state = null;
        if (!isLoss(error) || this.#repairs === MAX_REPAIRS) throw error;
        const { retry } = this.#file.connection.uploads;
        await sleep(error.retryAfterMs ?? backoffMs(this.#repairs, retry), signal);
        this.#repairs += 1;
      }
    }
  }

  /** Whether what was sent stays, so that the file can be given again and goes on. */
  keeps(error: SlipwayError): boolean {
    return this.#memory.remembers && (error.retryable || MENDABLE.has(error.code));
  }

  forget(): Promise<void> {
    return this.#memory.forget();
  }

  /** Lets another tab have the file. */
  close(): void {
    this.#memory.close();
  }

  async #sendMissing(ticket: LargeTicket, signal: AbortSignal): Promise<void> {
    const state = this.#state ?? (await this.#ask(ticket, signal));
    if (state && state.status !== 'pending') return assertCompletable(state);
    await this.#memory.remember(ticket);
    const { connection, meter, source } = this.#file;
    const stored = state?.parts ?? [];
    const confirmed = stored.reduce((sum, { size }) => sum + size, 0);
    meter.restart(confirmed);
    const missing = missingParts(
      ticket.multipart,
      source.file.size,
      new Set(stored.map((part) => part.part_number)),
    );
    const transfer = new PartTransfer(this.#file, ticket, confirmed);
    try {
      await new PartPipeline(missing, transfer, Math.min(SENDERS, connection.uploads.concurrency)).run(
        signal,
      );
    } finally {
      if (transfer.sent > 0) this.#repairs = 0;
    }
  }

  /** Null for an upload that has only just begun, which has nothing. */
  async #ask({ asset_id: id }: LargeTicket, signal: AbortSignal): Promise<UploadState | null> {
    if (!this.#visited.has(id)) {
      this.#visited.add(id);
      return null;
    }
    const call = { signal, retry: { attempts: 1 } };
    return this.#file.repeating({ signal, step: 'preparing', operation: () => this.#api.state(id, call) });
  }
}

const ticketOf = ({ asset_id, file_key, part_size, part_count, checksum }: UploadState): LargeTicket => ({
  asset_id,
  file_key,
  multipart: { part_size: part_size ?? 0, part_count: part_count ?? 0, checksum: checksum ?? 'none' },
});

/** An upload that ended well, or was rejected, tells when it is completed once more; the others are over. */
function assertCompletable({ status }: UploadState): void {
  if (status === 'expired') throw new ApiError(410, { code: 'upload_expired' });
  if (status === 'cancelled') throw new ApiError(410, { code: 'upload_cancelled' });
}

/** The storage has lost parts, or the upload as a whole: the server knows what is left. */
const isLoss = (error: unknown): error is SlipwayError =>
  (error instanceof StorageError && error.status === 404) ||
  (error instanceof ApiError && error.code === 'object_missing');
