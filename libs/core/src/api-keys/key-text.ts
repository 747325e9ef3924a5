import { createHash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** By which scanners of source code find keys that were committed, and this server tells them from tokens. */
export const KEY_MARK = 'slw_';

/** 190 bits. */
const RANDOM_LENGTH = 32;
/** 62⁶ > 2³² */
const SUM_LENGTH = 6;
const SHAPE = new RegExp(`^${KEY_MARK}([0-9A-Za-z]{${RANDOM_LENGTH}})([0-9A-Za-z]{${SUM_LENGTH}})$`);

function sumOf(random: string): string {
  let text = '';
  for (let rest = crc32(random); text.length < SUM_LENGTH; rest = Math.floor(rest / 62)) {
    text = `${BASE62[rest % 62]}${text}`;
  }
  return text;
}

/**
 * A new API key: the mark, 32 random characters, and their CRC-32 in six, as GitHub makes its tokens
 * (https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/).
 */
export function newKeyText(): string {
  const random = Array.from({ length: RANDOM_LENGTH }, () => BASE62[randomInt(62)]).join('');
  return `${KEY_MARK}${random}${sumOf(random)}`;
}

/** Whether a text could be a key: tells a misspelt one without asking the database. */
export function isKeyText(text: string): boolean {
  const [, random, sum] = SHAPE.exec(text) ?? [];
  return random !== undefined && sumOf(random) === sum;
}

/** What is stored of a key. A fast hash does: nobody guesses 190 random bits. */
export const hashKey = (text: string): Buffer => createHash('sha256').update(text).digest();

/** By which people tell theirs apart; leaves 166 bits unknown. */
export const prefixOf = (text: string): string => text.slice(0, KEY_MARK.length + 4);
