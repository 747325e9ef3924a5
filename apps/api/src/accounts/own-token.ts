import { readAccountOfSession } from '@slipway/core/accounts/read-account';
import type { Deps } from '@slipway/core/shared/deps';
import { userPrincipal } from '@slipway/core/shared/principal';
import type { AccessTokens } from '../http/access-tokens';
import type { CredentialReader } from '../http/authenticate';
import { originOf } from '../http/origin-of';

declare module 'fastify' {
  interface FastifyRequest {
    /** The session that the caller's own access token is of; null for every other credential. */
    sessionId: string | null;
  }
}

const BEARER = /^Bearer ([\w.-]+)$/i;

/** Whoever shows an access token of this server. */
export const ownTokenReader =
  (accessTokens: AccessTokens, deps: Pick<Deps, 'db' | 'settings'>): CredentialReader =>
  async (request) => {
    const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
    const claims = token === undefined ? null : await accessTokens.verify(token);
    const account = claims && (await readAccountOfSession(claims, deps));
    if (!account) return null;
    request.sessionId = claims.sessionId;
    return userPrincipal(account, originOf(request));
  };
