import { SlipwayError } from './slipway-error.js';

export interface NetworkErrorOptions {
  code?: 'network' | 'stalled' | 'cors';
  cause?: unknown;
}

/** No answer: the connection failed (`network`), nothing moved for too long (`stalled`), or the browser forbade it (`cors`). */
export class NetworkError extends SlipwayError {
  declare readonly code: 'network' | 'stalled' | 'cors';

  constructor(message: string, { code = 'network', cause }: NetworkErrorOptions = {}) {
    super(code, message, { cause, retryable: code !== 'cors' });
    this.name = 'NetworkError';
  }
}
