import { createSecretKey, type KeyObject } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';

/** Seconds. Long, because tokens cannot be refreshed yet. */
const LIFE_SECONDS = 12 * 60 * 60;
const ISSUER = 'slipway';
const ALGORITHM = 'HS256';

export interface IssuedToken {
  accessToken: string;
  expiresInSeconds: number;
}

export interface TokenClaims {
  userId: string;
  /** Seconds since 1970. */
  issuedAt: number;
}

/** Bearer tokens (RFC 7519) of this server. */
export class AccessTokens {
  /** Not bytes: those would be imported anew for each token. */
  private readonly key: KeyObject;

  constructor(secret: string) {
    this.key = createSecretKey(secret, 'utf8');
  }

  async issue(userId: string): Promise<IssuedToken> {
    const accessToken = await new SignJWT()
      .setProtectedHeader({ alg: ALGORITHM })
      .setSubject(userId)
      .setIssuer(ISSUER)
      .setIssuedAt()
      .setExpirationTime(`${LIFE_SECONDS}s`)
      .sign(this.key);
    return { accessToken, expiresInSeconds: LIFE_SECONDS };
  }

  /** What a token says, or null for one that is expired, foreign or malformed. */
  async verify(token: string): Promise<TokenClaims | null> {
    try {
      const { payload } = await jwtVerify(token, this.key, { issuer: ISSUER, algorithms: [ALGORITHM] });
      const { sub: userId, iat: issuedAt } = payload;
      return userId === undefined || issuedAt === undefined ? null : { userId, issuedAt };
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }
}
