import { createHash, randomBytes } from 'node:crypto';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const RANDOM_BYTES = 24;
/** 62³³ > 2¹⁹² */
const LENGTH = 33;
const SHAPE = new RegExp(`^[0-9A-Za-z]{${LENGTH}}$`);

/** 24 bytes in base62, so that a double click selects all of it and no mail program breaks it. */
export function linkTokenOf(bytes: Uint8Array): string {
  let text = '';
  for (let rest = BigInt(`0x${Buffer.from(bytes).toString('hex')}`); text.length < LENGTH; rest /= 62n) {
    text = `${BASE62[Number(rest % 62n)]}${text}`;
  }
  return text;
}

/** 192 random bits: nobody finds a link by guessing. */
export const newLinkToken = (): string => linkTokenOf(randomBytes(RANDOM_BYTES));

/** Whether a text could be a token: what could not is never looked for. */
export const isLinkToken = (text: string): boolean => SHAPE.test(text);

/** What is stored of a token. A fast hash does for 192 random bits. */
export const hashLinkToken = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Where people open a link. */
export const linkUrl = (publicUrl: string, token: string): string => `${publicUrl}/s/${token}`;
