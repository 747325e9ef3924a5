import { AssetsAPI } from '../client/assets-api.js';
import type { Connection } from '../client/connection.js';
import type { SignedUrl } from '../client/wire.js';

export interface SignedUrlRequest {
  purpose?: 'view' | 'download';
  /** Asks for another URL although the known one still lives: for an image that failed to load. */
  refresh?: boolean;
}

interface Entry {
  url: Promise<SignedUrl>;
  /** By the server's clock, in milliseconds; Infinity until the answer is here. */
  renewAt: number;
}

const MAX_ENTRIES = 500;
/** The last fifth of a URL's life is left to those who were given it just before. */
const USABLE_SHARE = 0.8;

/** Gives out signed URLs and keeps them while they live, so that a page asks once for each asset and not once for each image. */
export class SignedUrlService {
  readonly #assets: AssetsAPI;
  /** In order of use, the least recent first. */
  readonly #entries = new Map<string, Entry>();

  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#assets = new AssetsAPI(connection);
  }

  get(assetId: string, { purpose = 'view', refresh = false }: SignedUrlRequest = {}): Promise<SignedUrl> {
    const key = `${purpose} ${assetId}`;
    const known = this.#entries.get(key);
    const waiting = known?.renewAt === Infinity;
    const usable = known && (waiting || (!refresh && this.#connection.now() < known.renewAt));
    const entry = usable ? known : this.#ask(key, assetId, purpose);
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    this.#trim();
    return entry.url;
  }

  /** Call it when somebody signs out. */
  clear(): void {
    this.#entries.clear();
  }

  #ask(key: string, assetId: string, purpose: 'view' | 'download'): Entry {
    const askedAt = this.#connection.now();
    const url = this.#assets.accessUrl(assetId, { purpose });
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

  #trim(): void {
    for (const key of this.#entries.keys()) {
      if (this.#entries.size <= MAX_ENTRIES) return;
      this.#entries.delete(key);
    }
  }
}
