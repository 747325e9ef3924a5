import type { SignedUrl } from '../client/wire.js';

/** What a URL is asked of: the asset, or a reference to it that was stored somewhere. */
export interface Subject {
  /** An asset's id, a `private://` reference, or an old address that was imported. */
  ref: string;
  purpose: 'view' | 'download';
  /** In place of the original file; for asset ids. */
  rendition?: 'thumbnail' | undefined;
}

/** One that waits for the batch to come back. */
export interface AskedUrl extends Subject {
  resolve: (url: SignedUrl) => void;
  reject: (error: unknown) => void;
}
