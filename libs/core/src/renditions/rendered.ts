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

/** The file could not be rendered. The message is a sentence for the person who uploaded it. */
export class RenderingFailed extends Error {
  constructor(
    message: string,
    /** True when another attempt would end the same way. */
    readonly permanent: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'RenderingFailed';
  }
}
