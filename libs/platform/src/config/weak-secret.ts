/** Words of examples and of those that wait to be replaced: the ones of this repository, and everybody's. */
const PLACEHOLDER =
  /secret|passwor[dt]|change.?(?:me|it|this)|replace|placeholder|example|default|trial|dummy|\btest|slipway|admin|postgres|letmein|qwerty|123456/i;

/** 32 random hexadecimal digits have fewer than eight once in 28 million times, 16 fewer than six once in 30,000. */
const leastDifferent = (length: number): number => Math.min(8, length / 3);

const differentCharacters = (text: string): number => new Set(text).size;

/** Whether it is one piece time and again, the last time perhaps not to its end: `abcabcab`. */
function isRepetition(text: string): boolean {
  for (let piece = 1; piece <= text.length / 2; piece += 1) {
    if (text.startsWith(text.slice(piece))) return true;
  }
  return false;
}

/**
 * What is wrong with a secret, completing "its value …"; null where it looks chosen at random. A random one of 16 bytes
 * in hexadecimal passes, what a person thinks of mostly does not.
 */
export function weaknessOf(secret: string, leastLength: number): string | null {
  if (PLACEHOLDER.test(secret)) return 'is an example or a placeholder';
  if (secret.length < leastLength) return `is shorter than ${leastLength} characters`;
  const isRegular = differentCharacters(secret) < leastDifferent(secret.length) || isRepetition(secret);
  return isRegular ? 'is too regular to be random' : null;
}
