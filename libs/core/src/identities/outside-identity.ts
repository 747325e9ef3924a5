import type { Principal } from '../shared/principal';

/** Somebody as an outside issuer's token tells of them. */
export interface OutsideIdentity {
  issuer: string;
  /** The issuer's own name of them, which never changes and is never given to another (OpenID Connect Core 1.0 §2). */
  subject: string;
  /** Null where the token tells none. */
  name: string | null;
  /** Null where the token tells none, or does not say that it is proven. */
  email: string | null;
  claimedRoles: Principal['claimedRoles'];
}
