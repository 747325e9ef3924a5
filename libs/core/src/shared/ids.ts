import { ulid } from 'ulid';

export type IdPrefix =
  | 'USR'
  | 'SES'
  | 'KEY'
  | 'PRJ'
  | 'INV'
  | 'AST'
  | 'UPL'
  | 'IMP'
  | 'SHR'
  | 'RND'
  | 'EXP'
  | 'AUD'
  | 'RUN';

/** `AST-01J…`: the prefix names the kind, the ULID sorts by time of creation. */
export const newId = (prefix: IdPrefix): string => `${prefix}-${ulid()}`;
