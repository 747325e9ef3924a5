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

  /** The user id, or null for a token that is expired, foreign or malformed. */
  async verify(token: string): Promise<string | null> {
    try {
      const { payload } = await jwtVerify(token, this.key, { issuer: ISSUER, algorithms: [ALGORITHM] });
      return payload.sub ?? null;
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }
}
