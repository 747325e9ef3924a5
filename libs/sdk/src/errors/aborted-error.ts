import { SlipwayError } from './slipway-error.js';

/** The caller gave up; `cause` is the signal's reason. Named as the platform names it, for code that tests the name. */
export class AbortedError extends SlipwayError {
  declare readonly code: 'aborted';

  constructor(reason?: unknown) {
    super('aborted', 'The operation was aborted.', { cause: reason });
    this.name = 'AbortError';
  }
}
