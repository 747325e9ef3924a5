import type { QueueItem } from '@slipway/sdk/queue';

export interface PreviewSource {
  /** Null for what browsers do not draw. */
  create(file: Blob): string | null;
  revoke(url: string): void;
}

/** More than one page shows; each keeps its file from being let go. */
const MOST = 120;
/** Beyond these the grid makes a new element for an asset, which nobody watches any more. */
const MOST_ORIGINS = 1000;

/** Pictures of files in this browser, lent to the grid from an upload's first moment until its thumbnail is there. */
export class Previews {
  private readonly urls = new Map<string, string | null>();
  /** Which upload an asset came from, so that the grid's element stays the same. */
  private readonly origins = new Map<string, string>();

  private readonly listeners = new Set<() => void>();
  private releases = 0;

  constructor(private readonly source: PreviewSource) {}

  /** Calls back when a thumbnail has taken a preview's place. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly released = (): number => this.releases;

  /** The same URL at each call, so that it may be asked for while rendering. */
  of({ id, file }: Pick<QueueItem, 'id' | 'file'>): string | null {
    const known = this.urls.get(id);
    if (known !== undefined || !file) return known ?? null;
    const url = this.source.create(file);
    this.urls.set(id, url);
    this.revokeOldest();
    return url;
  }

  ofAsset(assetId: string): string | null {
    return this.urls.get(this.origins.get(assetId) ?? '') ?? null;
  }

  originOf(assetId: string): string | undefined {
    return this.origins.get(assetId);
  }

  becameAsset(id: string, assetId: string): void {
    this.origins.set(assetId, id);
    for (const oldest of this.origins.keys()) {
      if (this.origins.size <= MOST_ORIGINS) return;
      this.origins.delete(oldest);
    }
  }

  /** The grid shows the asset's own thumbnail now. */
  release(assetId: string): void {
    this.drop(this.origins.get(assetId) ?? '');
    this.releases += 1;
    for (const listener of this.listeners) listener();
  }

  drop(id: string): void {
    const url = this.urls.get(id);
    if (url) this.source.revoke(url);
    this.urls.delete(id);
  }

  clear(): void {
    for (const id of this.urls.keys()) this.drop(id);
    this.origins.clear();
  }

  private revokeOldest(): void {
    for (const id of this.urls.keys()) {
      if (this.urls.size <= MOST) return;
      this.drop(id);
    }
  }
}
