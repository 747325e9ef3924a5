import { DomainError } from '../shared/errors';
import { isCommonPassword } from './common-passwords';

export const PASSWORD_LENGTH = { min: 8, max: 256 };

/** Fewer make `aaaaaaaa`, `abababab` and `11221122`. */
const LEAST_DIFFERENT = 4;

export interface PasswordOwner {
  email: string;
  name: string;
}

const lettersOf = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** The address, what is before its at sign, the name; and each with digits or signs around it. */
function isAbout(password: string, { email, name }: PasswordOwner): boolean {
  const bare = lettersOf(password).replace(/^\p{N}+|\p{N}+$/gu, '');
  const own = [email, email.split('@', 1)[0] ?? '', name].map((text) => lettersOf(text));
  const exact = own.includes(lettersOf(password));
  return (
    exact ||
    own.map((text) => text.replace(/^\p{N}+|\p{N}+$/gu, '')).some((text) => text !== '' && text === bare)
  );
}

function faultOf(password: string, owner: PasswordOwner): string | null {
  const { length } = Array.from(password.normalize('NFKC'));
  if (length < PASSWORD_LENGTH.min) return `must have at least ${PASSWORD_LENGTH.min} characters`;
  if (length > PASSWORD_LENGTH.max) return `must have at most ${PASSWORD_LENGTH.max} characters`;
  if (new Set(password).size < LEAST_DIFFERENT) return 'must have more different characters';
  if (isCommonPassword(password)) return 'is one of the most common passwords, which are tried first';
  if (isAbout(password, owner)) return 'must not be your name or your e-mail address';
  return null;
}

/**
 * NIST SP 800-63B §5.1.1.2: long enough, none that is tried first, nothing about its owner; no rule for digits and signs.
 * Fails with `invalid_request`, naming `field`.
 */
export function assertGoodPassword(
  password: string,
  { field, owner }: { field: string; owner: PasswordOwner },
): void {
  const message = faultOf(password, owner);
  if (message === null) return;
  throw new DomainError('invalid_request', 'The request has faults; see errors.', {
    errors: [{ field, message }],
  });
}
