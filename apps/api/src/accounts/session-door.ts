import type { SignedIn } from '@slipway/core/accounts/open-session';
import type { SigningKeys } from '@slipway/core/accounts/signing-keys/signing-keys';
import { DomainError } from '@slipway/core/shared/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessTokens, type AccessTokensOptions } from '../http/access-tokens';
import { type SessionResponse, toSessionResponse } from './accounts.wire';
import { OwnOrigins } from './own-origins';
import { RefreshCookie } from './refresh-cookie';

export interface SessionDoorOptions extends Omit<AccessTokensOptions, 'issuer'> {
  publicUrl: string;
  corsOrigins: readonly string[];
  /** How long a silent device stays signed in. */
  sessionSeconds: number;
}

/** How devices come in and go: an access token in the answer, a refresh token in a cookie. */
export class SessionDoor {
  readonly accessTokens: AccessTokens;
  readonly keys: SigningKeys;
  private readonly cookie: RefreshCookie;
  private readonly origins: OwnOrigins;

  constructor({ publicUrl, corsOrigins, sessionSeconds, ...options }: SessionDoorOptions) {
    this.accessTokens = new AccessTokens({ ...options, issuer: publicUrl });
    this.keys = options.keys;
    this.cookie = new RefreshCookie({ publicUrl, lifeSeconds: sessionSeconds });
    this.origins = new OwnOrigins({ publicUrl, corsOrigins });
  }

  /** Fails with `origin_refused` for a page that may not use the cookie. */
  assertOwn({ headers }: FastifyRequest): void {
    this.origins.assertOwn(headers);
  }

  /**
   * Null where the device has none. Fails with `invalid_request` for a call that does not say it is JSON: that is what no
   * form of another page can say.
   */
  refreshTokenOf(request: FastifyRequest): string | null {
    if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
      throw new DomainError('invalid_request', 'Send JSON, as application/json.');
    }
    return this.cookie.read(request);
  }

  async letIn(reply: FastifyReply, { user, session }: SignedIn): Promise<SessionResponse> {
    const token = await this.accessTokens.issue({ userId: user.id, sessionId: session.id });
    this.cookie.give(reply, session.refreshToken);
    return toSessionResponse(user, token);
  }

  letOut(reply: FastifyReply): void {
    this.cookie.clear(reply);
  }
}
