import type { components } from '../generated/openapi.js';

/** Codes of the API's problem documents: the closed list of docs/ERRORS.md. */
export type ApiErrorCode = components['schemas']['ErrorCode'];

/** What goes wrong before or beside the API. Where the API has a word for the same thing, that word is used. */
export type ClientErrorCode =
  | 'aborted'
  | 'network'
  | 'stalled'
  | 'cors'
  | 'storage_refused'
  | 'file_empty'
  | 'file_name_invalid'
  | 'type_not_allowed'
  | 'file_changed'
  | 'file_unreadable'
  | 'unsupported';

export type SlipwayErrorCode = ApiErrorCode | ClientErrorCode;
