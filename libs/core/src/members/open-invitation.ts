import type { Account, Principal } from '../shared/principal';
import { DomainError } from '../shared/errors';
import type { Invitation } from './invitation.entity';

export const noSuchInvitation = () => new DomainError('not_found', 'There is no such invitation.');

export const isOpen = ({ answeredAt, expiresAt }: Invitation, now: Date): boolean =>
  answeredAt === null && expiresAt > now;

/** The caller's account, whose address invitations may name. Fails with `email_unverified` until that is proven. */
export function requireTrustedAccount({ account }: Principal): Account {
  if (account === null) throw new DomainError('unauthenticated', 'This call needs an account.');
  if (account.emailTrusted) return account;
  throw new DomainError('email_unverified', 'Confirm your e-mail address first: a link was mailed to it.');
}

export const isTo = ({ email }: Invitation, account: Account): boolean =>
  email === account.email.toLowerCase();
