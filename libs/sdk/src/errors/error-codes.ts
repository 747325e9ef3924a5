/** Codes of the API's problem documents: the closed list of docs/ERRORS.md. */
export type ApiErrorCode =
  | 'invalid_request'
  | 'unauthenticated'
  | 'invalid_credentials'
  | 'email_taken'
  | 'forbidden'
  | 'not_found'
  | 'rate_limited'
  | 'file_too_large'
  | 'quota_exceeded'
  | 'object_missing'
  | 'upload_busy'
  | 'upload_expired'
  | 'upload_cancelled'
  | 'size_mismatch'
  | 'type_mismatch'
  | 'checksum_mismatch'
  | 'content_mismatch'
  | 'storage_unavailable'
  | 'database_unavailable'
  | 'internal';

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
