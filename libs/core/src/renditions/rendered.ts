/** A rendition's bytes, ready to be stored. */
export interface Rendered {
  body: Buffer;
  contentType: string;
  /** Pixels of the rendition. */
  width: number;
  height: number;
  /** Pixels of the original as seen, where rendering told them. */
  original?: { width: number; height: number };
}

/** The file itself cannot be rendered: trying again changes nothing. The message is for the uploader. */
export class RenderingRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RenderingRefused';
  }
}
