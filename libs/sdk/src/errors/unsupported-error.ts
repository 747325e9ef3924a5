import { SlipwayError } from './slipway-error.js';

/** This runtime lacks what the call needs, such as `crypto.subtle` on a page without https. */
export class UnsupportedError extends SlipwayError {
  declare readonly code: 'unsupported';

  constructor(message: string) {
    super('unsupported', message);
    this.name = 'UnsupportedError';
  }
}
