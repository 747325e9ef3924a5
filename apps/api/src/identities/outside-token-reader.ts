import { enter } from '@slipway/core/identities/enter';
import type { Deps } from '@slipway/core/shared/deps';
import { DomainError } from '@slipway/core/shared/errors';
import { userPrincipal } from '@slipway/core/shared/principal';
import type { CredentialReader } from '../http/authenticate';
import { originOf } from '../http/origin-of';
import { bearerOf } from '../http/same-secret';
import type { OutsideTokens } from './outside-tokens';

/**
 * Whoever shows a token of the outside issuer; null for a token that is not of it. One that says it is, and is no good,
 * is refused with `unauthenticated`: it is not tried as one of ours.
 */
export const outsideTokenReader =
  (tokens: OutsideTokens, deps: Pick<Deps, 'db' | 'clock' | 'settings'>): CredentialReader =>
  async (request) => {
    const token = bearerOf(request.headers.authorization);
    if (token === null || !tokens.isClaimedBy(token)) return null;
    const verified = await tokens.verify(token);
    const origin = originOf(request);
    const account = verified && (await enter(origin, verified, deps));
    if (!account) throw new DomainError('unauthenticated', 'This token is not valid, or no longer.');
    return userPrincipal(account, origin, verified.identity.claimedRoles);
  };
