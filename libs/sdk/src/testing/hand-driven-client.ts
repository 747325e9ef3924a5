import type { Asset } from '../client/wire.js';
import { AbortedError } from '../errors/aborted-error.js';
import type { SlipwayError } from '../errors/slipway-error.js';
import type { UploadHandle } from '../upload/upload-handle.js';
import type { UploadOptions } from '../upload/upload-options.js';

/** An upload that does what the test says, when it says so. */
export class HandDrivenUpload {
  readonly id = '';
  readonly error = null;
  status: UploadHandle['status'] = 'preparing';
  progress = { loaded: 0, confirmed: 0, total: 0, fraction: 0, bytesPerSecond: 0, etaSeconds: null };
  readonly done: Promise<Asset>;
  readonly #listeners = new Set<() => void>();
  #settle: { resolve: (asset: Asset) => void; reject: (error: SlipwayError) => void };

  constructor(readonly options: UploadOptions) {
    this.#settle = { resolve: () => {}, reject: () => {} };
    this.done = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
  }

  // oxlint-disable-next-line unicorn/no-thenable -- a handle is awaited like a promise
  get then(): UploadHandle['then'] {
    return this.done.then.bind(this.done);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  enter(status: UploadHandle['status'], loaded = this.progress.loaded): void {
    const { size } = this.options.file;
    this.status = status;
    this.progress = { ...this.progress, loaded, total: size, fraction: Math.min(loaded / size, 0.999) };
    for (const listener of this.#listeners) listener();
  }

  succeed(): void {
    this.enter('done', this.options.file.size);
    this.#settle.resolve({ id: `AST-${this.options.projectId}` } as Asset);
  }

  fail(error: SlipwayError): void {
    this.enter('error');
    this.#settle.reject(error);
  }

  readonly pause = (): void => this.enter('paused');
  readonly resume = (): void => this.enter('uploading');

  readonly abort = async (): Promise<void> => {
    this.enter('aborted');
    this.#settle.reject(new AbortedError());
    await this.done.catch(() => {});
  };
}

/** A client whose uploads are driven by hand, for what a network would make a matter of luck. */
export class HandDrivenClient {
  readonly uploads: HandDrivenUpload[] = [];

  readonly uploadFile = (options: UploadOptions): UploadHandle => {
    const upload = new HandDrivenUpload(options);
    this.uploads.push(upload);
    return upload;
  };

  at(index: number): HandDrivenUpload {
    const upload = this.uploads.at(index);
    if (!upload) throw new Error(`There is no upload ${index}.`);
    return upload;
  }
}
