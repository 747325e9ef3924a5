import type { Deps } from '../shared/deps';
import type { Account } from '../shared/principal';
import type { User } from './user.entity';

/** The account of somebody who has just proven to be them; what their tier allows is read at each later call. */
export const accountOfUser = (user: User, { settings }: Pick<Deps, 'settings'>): Account => ({
  id: user.id,
  email: user.email,
  emailVerified: user.emailVerifiedAt !== null,
  emailTrusted: user.emailVerifiedAt !== null || !settings.requireVerifiedEmail,
  role: user.role,
  requestsPerMinute: null,
  maxAccessUrlSeconds: null,
});
