import { randomFillSync } from 'node:crypto';
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

const pool = new Uint8Array(4_096);
let taken = pool.length;

/** From 0 to below 1, in steps of 1/256. Ahead: ulid asks for each character, and each time the system's generator costs. */
function random(): number {
  if (taken === pool.length) {
    randomFillSync(pool);
    taken = 0;
  }
  taken += 1;
  return (pool[taken - 1] as number) / 256;
}

/** `AST-01J…`: the prefix names the kind, the ULID sorts by time of creation. */
export const newId = (prefix: IdPrefix): string => `${prefix}-${ulid(undefined, random)}`;
