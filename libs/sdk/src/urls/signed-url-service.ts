import type { Connection } from '../client/connection.js';
import { interruptible } from '../client/interruptible.js';
import type { SignedUrl } from '../client/wire.js';
import type { SlipwayError } from '../errors/slipway-error.js';
import { loadCode } from '../upload/load-code.js';
import type { AskedUrl, Subject } from './asked-url.js';

export interface SignedUrlRequest extends Partial<Omit<Subject, 'ref'>> {
  /** Asks for another URL although the known one still lives: for an image that failed to load. */
  refresh?: boolean;
  /** Ends this caller's wait; others may wait for the same URL. */
  signal?: AbortSignal | undefined;
}

interface Entry {
  url: Promise<SignedUrl>;
  /** By the server's clock, in milliseconds; Infinity until the answer is here. */
  renewAt: number;
}

/** Comes with the first URL that is asked for. */
const loadAsk = () => loadCode(import('./ask-for-urls.js'));

const MAX_ENTRIES = 500;
/** 55 minutes of 60: the rest of a URL's life is left to those who were given it just before. */
const USABLE_SHARE = 55 / 60;

/**
 * Gives out signed URLs of assets and `private://` references and keeps them while they live, so that a page asks once
 * for each file and not once for each image, and once for all that it shows together.
 */
export class SignedUrlService {
  /** In order of use, the least recent first. */
  readonly #entries = new Map<string, Entry>();
  readonly #connection: Connection;
  #asked: AskedUrl[] = [];

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** Rejects with `not_found`, `asset_withheld` and what the connection brings. */
  get(ref: string, request: SignedUrlRequest = {}): Promise<SignedUrl> {
    const { purpose = 'view', rendition, refresh = false, signal } = request;
    const key = `${purpose} ${rendition} ${ref}`;
    const known = this.#entries.get(key);
    const waiting = known?.renewAt === Infinity;
    const usable = known && (waiting || (!refresh && this.#connection.now() < known.renewAt));
    const entry = usable ? known : this.#ask(key, { ref, purpose, rendition });
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    this.#trim();
    return signal ? interruptible(signal, () => entry.url) : entry.url;
  }

  /** Milliseconds from now after which `get` would ask for another one; null where nothing is known. */
  renewalIn(ref: string, { purpose = 'view', rendition }: SignedUrlRequest = {}): number | null {
    const entry = this.#entries.get(`${purpose} ${rendition} ${ref}`);
    return entry ? Math.max(0, entry.renewAt - this.#connection.now()) : null;
  }

  /** Call it when somebody signs out. */
  clear(): void {
    this.#entries.clear();
  }

  #ask(key: string, subject: Subject): Entry {
    const askedAt = this.#connection.now();
    const url = new Promise<SignedUrl>((resolve, reject) => this.#put({ ...subject, resolve, reject }));
    const entry: Entry = { url, renewAt: Infinity };
    const settle = async () => {
      const expiresAt = Date.parse((await url).expires_at);
      entry.renewAt = askedAt + (expiresAt - askedAt) * USABLE_SHARE;
    };
    settle().catch(() => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
    });
    return entry;
  }

  /** What a page asks for in one go, such as all that it draws at once, goes as one call. */
  #put(asked: AskedUrl): void {
    if (this.#asked.push(asked) === 1) void this.#send();
  }

  async #send(): Promise<void> {
    const code = await loadAsk().catch((error: unknown) => error as SlipwayError);
    const all = this.#asked;
    this.#asked = [];
    if ('askForUrls' in code) code.askForUrls(this.#connection, all);
    else for (const { reject } of all) reject(code);
  }

  #trim(): void {
    for (const key of this.#entries.keys()) {
      if (this.#entries.size <= MAX_ENTRIES) return;
      this.#entries.delete(key);
    }
  }
}
