import { FileError } from '../errors/file-error.js';
import { isSlipwayError } from '../errors/slipway-error.js';
import type { Digest } from './sha256.js';

/** The file of one upload: read once to be announced, and again when a body cannot be sent from where it lies. */
export class UploadSource {
  #announced: string | null = null;
  #wasRead = false;

  readonly #digest: Digest;

  constructor(
    readonly file: Blob,
    digest: Digest,
  ) {
    this.#digest = digest;
  }

  /** Rejects with `file_unreadable` or `file_changed`, and with `unsupported` when there is no SHA-256 here. */
  async sha256(): Promise<string> {
    this.#announced = await this.#digest('sha256', await this.read());
    return this.#announced;
  }

  /** The bytes in memory, proven to be the announced ones. Safari can hang on a body that lies in a file. */
  async copy(): Promise<Blob> {
    const bytes = await this.read();
    if (this.#announced !== null && (await this.#digest('sha256', bytes)) !== this.#announced)
      throw changed();
    return new Blob([bytes]);
  }

  /** Browsers report a file that changed or vanished during a PUT as a broken connection; reading it tells. */
  async assertUnchanged(): Promise<void> {
    try {
      await this.file.slice(0, 1).arrayBuffer();
    } catch (cause) {
      throw changed(cause);
    }
  }

  /** Rejects with `file_unreadable`; with `file_changed` when there is less of it than there was, or it could be read before. */
  async read(blob: Blob = this.file): Promise<ArrayBuffer> {
    try {
      const bytes = await blob.arrayBuffer();
      if (bytes.byteLength !== blob.size) throw changed();
      this.#wasRead = true;
      return bytes;
    } catch (cause) {
      if (isSlipwayError(cause)) throw cause;
      if (this.#wasRead) throw changed(cause);
      throw new FileError('file_unreadable', 'The file cannot be read. Was it moved or deleted?', cause);
    }
  }
}

export const changed = (cause?: unknown): FileError =>
  new FileError('file_changed', 'The file changed while it was being uploaded. Choose it again.', cause);
