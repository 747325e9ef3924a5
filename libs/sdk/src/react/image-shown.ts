export interface ImageShown {
  /** What the element has as its source. */
  src: string | null;
  /** It has been drawn by this source, so a newer one would only load it again. */
  loaded: boolean;
  /** This source failed and another one was asked for. */
  retrying: boolean;
  /** The one that took its place failed as well. */
  failed: boolean;
}

export const NOTHING_SHOWN: ImageShown = { src: null, loaded: false, retrying: false, failed: false };

/** With the URL that is current now: a picture that is there stays as it is while its URL is signed anew. */
export function withUrl(shown: ImageShown, url: string | null): ImageShown {
  if (url === shown.src || shown.loaded || shown.failed) return shown;
  return { ...shown, src: url };
}

/** Once for each time that it was drawn: what fails twice in a row will not be helped by a third URL. */
export const withError = (shown: ImageShown): ImageShown =>
  shown.retrying ? { ...shown, retrying: false, failed: true } : { ...shown, loaded: false, retrying: true };

export const withLoad = (shown: ImageShown): ImageShown => ({ ...shown, loaded: true, retrying: false });
