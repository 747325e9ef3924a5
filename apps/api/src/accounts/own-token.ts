import { readAccount } from '@slipway/core/accounts/read-account';
import type { Deps } from '@slipway/core/shared/deps';
import { userPrincipal } from '@slipway/core/shared/principal';
import type { AccessTokens } from '../http/access-tokens';
import type { CredentialReader } from '../http/authenticate';
import { originOf } from '../http/origin-of';

const BEARER = /^Bearer ([\w.-]+)$/i;

/** Whoever shows an access token of this server. */
export const ownTokenReader =
  (accessTokens: AccessTokens, deps: Pick<Deps, 'db' | 'settings'>): CredentialReader =>
  async (request) => {
    const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
    const claims = token === undefined ? null : await accessTokens.verify(token);
    const account = claims && (await readAccount(claims, deps));
    return account && userPrincipal(account, originOf(request));
  };
