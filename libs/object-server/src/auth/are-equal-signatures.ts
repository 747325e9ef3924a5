import { timingSafeEqual } from 'node:crypto';

/** Takes the same time wherever the two differ, so a signature cannot be guessed digit by digit. */
export function areEqualSignatures(expected: string, given: string): boolean {
  const left = Buffer.from(expected);
  const right = Buffer.from(given);
  return left.length === right.length && timingSafeEqual(left, right);
}
