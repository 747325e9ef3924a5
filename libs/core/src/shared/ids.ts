import { ulid } from 'ulid';

export type IdPrefix = 'USR' | 'PRJ' | 'AST' | 'UPL' | 'AUD' | 'RND' | 'RUN';

/** `AST-01J…`: the prefix names the kind, the ULID sorts by time of creation. */
export const newId = (prefix: IdPrefix): string => `${prefix}-${ulid()}`;

const ULID = '[0-9A-HJKMNP-TV-Z]{26}';

export const idPattern = (prefix: IdPrefix): RegExp => new RegExp(`^${prefix}-${ULID}$`);
