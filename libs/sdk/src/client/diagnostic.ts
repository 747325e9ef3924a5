import type { SlipwayError } from '../errors/slipway-error.js';

/** What a host may want in its telemetry; none of it asks for an action. */
export type Diagnostic =
  | { type: 'retry'; step: string; attempt: number; delayMs: number; error: SlipwayError }
  /** The signed URL had expired, so the upload is begun again. */
  | { type: 'upload_renewed'; error: SlipwayError }
  /** No SHA-256 here (a page without https): the upload goes on, bound to length and type only. */
  | { type: 'checksum_skipped'; error: SlipwayError }
  /** An upload that was given up could not be cancelled at once; the server expires it. */
  | { type: 'cancel_failed'; error: unknown };
