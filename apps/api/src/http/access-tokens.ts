import type { SigningKeys } from '@slipway/core/accounts/signing-keys/signing-keys';
import type { Clock } from '@slipway/core/shared/clock';
import { decodeProtectedHeader, errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { TokenCache } from './token-cache';

export interface IssuedToken {
  accessToken: string;
  expiresInSeconds: number;
}

export interface TokenClaims {
  userId: string;
  /** It ends with its session, even before its own time. */
  sessionId: string;
  /** Seconds since 1970. */
  issuedAt: number;
  /** Seconds since 1970. */
  expiresAt: number;
}

export interface AccessTokensOptions {
  keys: SigningKeys;
  /** Who issues them, and whom they are for: the public URL of this server. */
  issuer: string;
  lifeSeconds: number;
  clock: Clock;
}

/** RFC 9068 §2.1: tells an access token from every other kind. */
const TYPE = 'at+jwt';

/** A few hundred bytes each. */
const MOST_KEPT = 10_000;

/** Longer ones are none of ours, and not looked at. */
const MOST_CHARACTERS = 2_048;

/**
 * Bearer tokens (RFC 7519) of this server. A token that was verified is kept until it is over: its signature stays as
 * good as it was, and whether its account and session still are is asked at every call by whoever reads them.
 */
export class AccessTokens {
  private readonly verified = new TokenCache<TokenClaims>(MOST_KEPT);

  constructor(private readonly options: AccessTokensOptions) {}

  async issue({ userId, sessionId }: { userId: string; sessionId: string }): Promise<IssuedToken> {
    const { keys, issuer, lifeSeconds } = this.options;
    const key = await keys.current();
    const now = this.now();
    const accessToken = await new SignJWT({ sid: sessionId })
      .setProtectedHeader({ alg: key.algorithm, kid: key.id, typ: TYPE })
      .setSubject(userId)
      .setIssuer(issuer)
      .setAudience(issuer)
      .setIssuedAt(now)
      .setExpirationTime(now + lifeSeconds)
      .sign(key.signs);
    return { accessToken, expiresInSeconds: lifeSeconds };
  }

  /** What a token says, or null for one that is expired, foreign or malformed. */
  async verify(token: string): Promise<TokenClaims | null> {
    const known = this.verified.get(token, this.now());
    if (known || token.length > MOST_CHARACTERS) return known;
    const claims = await this.check(token);
    if (claims) this.verified.set(token, claims);
    return claims;
  }

  private async check(token: string): Promise<TokenClaims | null> {
    const { keys, issuer, clock } = this.options;
    try {
      const { kid } = decodeProtectedHeader(token);
      const key = typeof kid === 'string' ? await keys.find(kid) : null;
      if (!key) return null;
      const { payload } = await jwtVerify(token, key.verifies, {
        algorithms: [key.algorithm],
        typ: TYPE,
        issuer,
        audience: issuer,
        currentDate: clock.now(),
      });
      return toClaims(payload);
    } catch (error) {
      // A header that cannot be decoded throws a TypeError.
      if (error instanceof errors.JOSEError || error instanceof TypeError) return null;
      throw error;
    }
  }

  private now(): number {
    return Math.floor(this.options.clock.now().getTime() / 1000);
  }
}

function toClaims({
  sub: userId,
  sid: sessionId,
  iat: issuedAt,
  exp: expiresAt,
}: JWTPayload): TokenClaims | null {
  if (typeof userId !== 'string' || typeof sessionId !== 'string') return null;
  return issuedAt === undefined || expiresAt === undefined
    ? null
    : { userId, sessionId, issuedAt, expiresAt };
}
