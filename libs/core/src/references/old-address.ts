import { createHash } from 'node:crypto';

const WEB = new Set(['http:', 'https:']);

/** Longer ones are refused before anything looks at them. Characters. */
export const MAX_ADDRESS_LENGTH = 2_048;

/**
 * An address of the web in the one form in which it is kept and compared: as WHATWG's URL writes it, without the fragment,
 * which never reaches a server. Null for what is none, and for one that carries a password.
 */
export function normaliseAddress(text: string): string | null {
  if (text.length > MAX_ADDRESS_LENGTH || !URL.canParse(text)) return null;
  const url = new URL(text);
  if (!WEB.has(url.protocol) || url.username !== '' || url.password !== '') return null;
  url.hash = '';
  return url.href;
}

/** What the database knows an old address by: the address itself may be a secret of who had it. */
export const hashAddress = (normalised: string): Buffer => createHash('sha256').update(normalised).digest();
