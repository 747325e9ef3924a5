import { SlipwayError } from './slipway-error.js';

export type FileErrorCode =
  | 'file_too_large'
  | 'file_empty'
  | 'file_name_invalid'
  | 'type_not_allowed'
  | 'file_changed'
  | 'file_unreadable';

/** The file itself is in the way, and sending it again will not help. */
export class FileError extends SlipwayError {
  declare readonly code: FileErrorCode;

  constructor(code: FileErrorCode, message: string, cause?: unknown) {
    super(code, message, { cause });
    this.name = 'FileError';
  }
}
