import type { Client } from '../client/create-client.js';
import type { Asset } from '../client/wire.js';
import type { SlipwayError } from '../errors/slipway-error.js';
import type { UploadHandle } from '../upload/upload-handle.js';
import { Changes } from './changes.js';
import { Pace } from './pace.js';
import { ENDED, NEW, type QueueItem, type QueueSnapshot, type QueueUploadOptions } from './queue-item.js';
import { Totals } from './totals.js';

export interface UploadQueueOptions {
  /** Files under way at once; 3. How many PUTs that makes is the client's affair. */
  concurrency?: number;
  /** How many uploaded files, with their assets, stay listed; 1000. Older ones go, so that memory stays flat. */
  keepDone?: number;
  /** Called once for each asset, in the moment its item is done. */
  onUploaded?: (asset: Asset, item: QueueItem) => void;
}

interface Entry {
  item: QueueItem;
  readonly options: QueueUploadOptions;
  /** There is one from its turn to its end. */
  handle: UploadHandle | null;
}

let made = 0;

const nameOf = (file: Blob): string => ('name' in file && typeof file.name === 'string' ? file.name : '');

/** Files on their way, and what became of them. State outside any view: it goes on when nobody looks. */
export class UploadQueue {
  readonly #client: Pick<Client, 'uploadFile'>;
  readonly #options: UploadQueueOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #waiting = new Set<Entry>();
  readonly #running = new Set<Entry>();
  /** In the order they were done. */
  readonly #done = new Set<Entry>();
  readonly #totals = new Totals();
  readonly #changes = new Changes();
  readonly #pace = new Pace(() => this.#fill());
  #paused = false;
  #snapshot: QueueSnapshot | null = null;

  constructor(client: Pick<Client, 'uploadFile'>, options: UploadQueueOptions = {}) {
    this.#client = client;
    this.#options = options;
  }

  /** Calls back after changes, ten times a second at most. Answers how to leave. */
  readonly subscribe = (listener: () => void): (() => void) => this.#changes.subscribe(listener);

  /** The same, after changes of one item only. */
  readonly subscribeTo = (id: string, listener: () => void): (() => void) =>
    this.#changes.subscribeTo(id, listener);

  readonly snapshot = (): QueueSnapshot => {
    this.#snapshot ??= Object.freeze({
      items: Object.freeze(Array.from(this.#entries.values(), ({ item }) => item)),
      ...this.#totals.read(),
      paused: this.#paused,
    });
    return this.#snapshot;
  };

  readonly item = (id: string): QueueItem | undefined => this.#entries.get(id)?.item;

  /** Each file is checked, read and sent when its turn comes. */
  readonly add = (files: Iterable<Blob>, options: QueueUploadOptions): readonly QueueItem[] => {
    const added = Array.from(files, (file) => this.#enter(file, options));
    this.#fill();
    return added;
  };

  /** Sends a failed or aborted file again, after those that wait. */
  readonly retry = (id: string): void => {
    const entry = this.#entries.get(id);
    if (!entry || !['error', 'aborted'].includes(entry.item.status)) return;
    this.#set(entry, NEW);
    this.#waiting.add(entry);
    this.#fill();
  };

  /** Sends all that failed again. */
  readonly retryAll = (): void => {
    for (const { item } of this.#entries.values()) if (item.status === 'error') this.retry(item.id);
  };

  /** Takes a file out of the queue, and ends its upload, here and on the server. */
  readonly remove = (id: string): void => {
    const entry = this.#entries.get(id);
    if (!entry) return;
    void this.#end(entry);
    this.#drop(entry);
    this.#totals.remove(entry.item);
    this.#fill();
  };

  /** Stops a file where it is, and lets another one take its place meanwhile. */
  readonly pause = (id: string): void => {
    const entry = this.#entries.get(id);
    if (!entry) return;
    entry.handle?.pause();
    if (this.#waiting.delete(entry)) this.#set(entry, { status: 'paused' });
  };

  readonly resume = (id: string): void => {
    const entry = this.#entries.get(id);
    if (entry?.item.status !== 'paused') return;
    if (entry.handle) return entry.handle.resume();
    this.#set(entry, { status: 'queued' });
    this.#waiting.add(entry);
    this.#fill();
  };

  /** Stops what is under way and starts nothing more, what is added later included. */
  readonly pauseAll = (): void => {
    this.#paused = true;
    for (const { item } of this.#running) this.pause(item.id);
    this.#note();
  };

  readonly resumeAll = (): void => {
    // Those that had begun first: a place that is taken meanwhile would be one too many.
    for (const { item } of this.#entries.values()) this.resume(item.id);
    this.#paused = false;
    this.#note();
    this.#fill();
  };

  /** Ends all that has not ended yet, here and on the server. It stays listed, and can be tried again. */
  readonly abortAll = (): void => {
    for (const entry of this.#entries.values()) {
      if (ENDED.has(entry.item.status)) continue;
      void this.#end(entry);
      this.#set(entry, { ...NEW, status: 'aborted' });
    }
  };

  /** Forgets what was uploaded and what was aborted. */
  readonly clearDone = (): void => {
    for (const entry of this.#entries.values())
      if (entry.item.status === 'aborted') this.remove(entry.item.id);
    for (const entry of this.#done) this.#drop(entry);
    this.#totals.removeDone();
  };

  /** Ends everything and forgets it, at once; settles when the server knows. Await it before a token goes away. */
  readonly clear = async (): Promise<void> => {
    const told = Array.from(this.#entries.values(), (entry) => this.#end(entry));
    this.abortAll();
    for (const id of this.#entries.keys()) this.remove(id);
    this.clearDone();
    this.#paused = false;
    await Promise.all(told);
  };

  #enter(file: Blob, options: QueueUploadOptions): QueueItem {
    made += 1;
    const about = { id: `upload-${made}`, projectId: options.projectId, file, name: nameOf(file) };
    const item = Object.freeze({ ...NEW, ...about, size: file.size, type: file.type });
    const entry: Entry = { item, options, handle: null };
    this.#entries.set(item.id, entry);
    this.#waiting.add(entry);
    this.#totals.add(item);
    this.#note();
    return item;
  }

  #fill(): void {
    const limit = this.#options.concurrency ?? 3;
    for (const entry of this.#waiting) {
      if (this.#paused || this.#running.size >= limit || !this.#pace.take()) return;
      this.#waiting.delete(entry);
      this.#start(entry);
    }
  }

  #start(entry: Entry): void {
    const { file } = entry.item;
    if (!file) return;
    const handle = this.#client.uploadFile({ ...entry.options, file });
    entry.handle = handle;
    this.#running.add(entry);
    handle.subscribe(() => this.#follow(entry, handle));
    this.#follow(entry, handle);
    handle.done.then(
      (asset) => entry.handle === handle && this.#succeed(entry, asset),
      (error: SlipwayError) => entry.handle === handle && this.#fail(entry, error),
    );
  }

  #follow(entry: Entry, handle: UploadHandle): void {
    const { status, progress } = handle;
    // The end is told by `done`, which brings the asset or the error along.
    if (entry.handle !== handle || ENDED.has(status)) return;
    const { loaded, fraction, bytesPerSecond, etaSeconds } = progress;
    this.#set(entry, { status, loaded, progress: Math.floor(fraction * 100), bytesPerSecond, etaSeconds });
    if (status === 'paused') this.#running.delete(entry);
    else this.#running.add(entry);
    this.#fill();
  }

  #succeed(entry: Entry, asset: Asset): void {
    void this.#end(entry);
    const { size: loaded } = entry.item;
    this.#set(entry, { ...NEW, status: 'done', progress: 100, loaded, file: null, asset });
    this.#done.add(entry);
    this.#dropOldest();
    this.#tell(asset, entry.item);
    this.#fill();
  }

  #fail(entry: Entry, error: SlipwayError): void {
    void this.#end(entry);
    const aborted = error.code === 'aborted';
    this.#set(entry, { ...NEW, status: aborted ? 'aborted' : 'error', error: aborted ? null : error });
    this.#fill();
  }

  /** Its turn is over. An upload that is still under way is aborted; settles when the server knows. */
  async #end(entry: Entry): Promise<void> {
    const { handle } = entry;
    entry.handle = null;
    this.#waiting.delete(entry);
    this.#running.delete(entry);
    if (handle && !ENDED.has(handle.status)) await handle.abort();
  }

  #dropOldest(): void {
    const { keepDone = 1000 } = this.#options;
    for (const entry of this.#done) {
      if (this.#done.size <= keepDone) return;
      this.#drop(entry);
    }
  }

  #drop(entry: Entry): void {
    this.#entries.delete(entry.item.id);
    this.#done.delete(entry);
    this.#note(entry.item.id);
  }

  #set(entry: Entry, change: Partial<QueueItem>): void {
    const next = { ...entry.item, ...change };
    const keys = Object.keys(change) as (keyof QueueItem)[];
    if (keys.every((key) => next[key] === entry.item[key])) return;
    this.#totals.remove(entry.item);
    entry.item = Object.freeze(next);
    this.#totals.add(entry.item);
    this.#note(entry.item.id);
  }

  #note(id?: string): void {
    this.#snapshot = null;
    this.#changes.note(id);
  }

  /** What the host's callback throws surfaces as uncaught, where the host will see it, and the queue goes on. */
  #tell(asset: Asset, item: QueueItem): void {
    try {
      this.#options.onUploaded?.(asset, item);
    } catch (error) {
      setTimeout(() => {
        throw error;
      });
    }
  }
}

/** A queue for the files of one client. */
export const createUploadQueue = (
  client: Pick<Client, 'uploadFile'>,
  options?: UploadQueueOptions,
): UploadQueue => new UploadQueue(client, options);
