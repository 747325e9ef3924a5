import { seemsOffline } from '../../client/sleep.js';
import type { PartInput } from '../../client/wire.js';
import { isSlipwayError } from '../../errors/slipway-error.js';
import { StorageError } from '../../errors/storage-error.js';
import { explainSilence } from '../explain-silence.js';
import { poolOf } from '../put-pool.js';
import { putObject } from '../put-object.js';
import { changed } from '../upload-source.js';
import { withFallback } from './part-digest.js';
import type { LargeFile, LargeTicket } from './large-file.js';
import { type Part, sizeOf } from './part.js';
import type { PipelineSteps, Retry } from './part-pipeline.js';
import { COPY_AFTER_FAILURES, retryPart } from './part-retry.js';
import { PartsAPI } from './parts-api.js';

/** A PUT starts at the latest so long before its URL ends, and the time that a part takes. */
const START_MARGIN_MS = 5000;

/** What a stint of sending does with each part, and how far it is. */
export class PartTransfer implements PipelineSteps {
  /** Parts sent. */
  sent = 0;
  #confirmed: number;
  #partMs = 0;
  readonly #inFlight = new Map<number, number>();
  readonly #api: PartsAPI;
  readonly #file: LargeFile;
  readonly #ticket: LargeTicket;

  /** `confirmed`: bytes that the storage has already. */
  constructor(file: LargeFile, ticket: LargeTicket, confirmed: number) {
    this.#file = file;
    this.#ticket = ticket;
    this.#confirmed = confirmed;
    this.#api = new PartsAPI(file.connection);
  }

  async prepare(part: Part): Promise<void> {
    const { source, connection } = this.#file;
    const bytes = await source.read(source.file.slice(part.start, part.end));
    const digest = withFallback(connection.uploads.digest);
    const sum = await digest(this.#usesMd5 ? 'md5' : 'sha256', bytes);
    if (part.sum !== null && part.sum !== sum) throw changed();
    part.sum = sum;
    if (part.mismatched || part.failures >= COPY_AFTER_FAILURES) part.copy = new Blob([bytes]);
  }

  async sign(parts: readonly Part[], signal: AbortSignal): Promise<void> {
    const asked = parts.map((part) => this.#announce(part));
    const call = { signal, retry: { attempts: 1 } };
    const answer = await this.#file.repeating({
      signal,
      step: 'uploading',
      operation: () => this.#api.sign(this.#ticket.asset_id, asked, call),
    });
    const offset = Date.now() - Date.parse(answer.now);
    const signed = new Map(answer.parts.map((part) => [part.part_number, part]));
    for (const part of parts) {
      const { url = '', headers = {}, expires_at = answer.now } = signed.get(part.number) ?? {};
      const life = Date.parse(expires_at) - Date.parse(answer.now);
      const margin = Math.min(START_MARGIN_MS + this.#partMs, life / 2);
      part.url = { url, headers, startBefore: Date.parse(expires_at) + offset - margin };
    }
  }

  async put(part: Part, signal: AbortSignal): Promise<void> {
    const pool = poolOf(this.#file.connection);
    await pool.run(signal, async () => {
      if (!part.url || part.url.startBefore < Date.now()) await this.sign([part], signal);
      await this.#send(part, signal);
    });
    part.copy = null;
    pool.confirm();
  }

  retry(part: Part, error: unknown): Retry {
    const { connection } = this.#file;
    const { retry: policy } = connection.uploads;
    if (error instanceof StorageError && error.storageCode === 'SlowDown') poolOf(connection).shrink();
    const retry = retryPart(part, error, { policy, progress: this.sent, offline: seemsOffline() });
    if (isSlipwayError(error)) {
      const { delayMs } = retry;
      connection.diagnose({
        type: 'retry',
        step: `part ${part.number}`,
        attempt: part.failures,
        delayMs,
        error,
      });
    }
    return retry;
  }

  waiting(): void {
    this.#file.enter('waiting');
  }

  get #usesMd5(): boolean {
    return this.#ticket.multipart.checksum === 'md5';
  }

  #announce(part: Part): PartInput {
    const sum = part.sum ?? '';
    const bound = this.#usesMd5 ? { content_md5: sum } : { checksum_sha256: sum };
    return { part_number: part.number, size: sizeOf(part), ...bound };
  }

  async #send(part: Part, signal: AbortSignal): Promise<void> {
    const { connection, source, enter } = this.#file;
    const { url = '', headers = {} } = part.url ?? {};
    const body = part.copy ?? source.file.slice(part.start, part.end);
    const startedAt = Date.now();
    enter('uploading');
    try {
      const onProgress = (loaded: number) => this.#report(part, loaded);
      await putObject({ url, headers, body, signal, onProgress }, connection);
      this.sent += 1;
      this.#partMs = Date.now() - startedAt;
      this.#confirmed += sizeOf(part);
    } catch (error) {
      throw await explainSilence(error, { attempt: part.failures, connection, source });
    } finally {
      this.#inFlight.delete(part.number);
      if (!signal.aborted) this.#report();
    }
  }

  #report(part?: Part, loaded = 0): void {
    if (part) this.#inFlight.set(part.number, Math.min(loaded, sizeOf(part)));
    let inFlight = 0;
    for (const bytes of this.#inFlight.values()) inFlight += bytes;
    this.#file.meter.report(this.#confirmed + inFlight, this.#confirmed);
  }
}
