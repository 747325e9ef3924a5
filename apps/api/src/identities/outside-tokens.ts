import { createHash } from 'node:crypto';
import type { OutsideIdentity } from '@slipway/core/identities/outside-identity';
import type { Clock } from '@slipway/core/shared/clock';
import type { OidcConfig } from '@slipway/platform/config/oidc-config';
import { decodeJwt, errors, jwtVerify, type JWTPayload } from 'jose';
import { IssuerKeys, type IssuerKeysOptions } from './issuer-keys';
import { readClaims } from './read-claims';

export interface VerifiedToken {
  identity: OutsideIdentity;
  /** Seconds since 1970. */
  issuedAt: number;
}

interface Remembered extends VerifiedToken {
  /** Milliseconds since 1970. */
  until: number;
}

/** Seconds by which the clocks of issuer and server may differ. */
const CLOCK_TOLERANCE = 30;

/** A key that its issuer took back is believed no longer than this. Milliseconds. */
const REMEMBERED_MS = 5 * 60_000;
const MAX_REMEMBERED = 5_000;

/** RFC 9068 §2.1, and what issuers say that do not know of it; a logout token, for one, is another thing. */
const TOKEN_TYPE = /^(?:application\/)?(?:jwt|at\+jwt)$/i;

const nameOf = (token: string): string => createHash('sha256').update(token).digest('base64');

function claimedIssuer(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}

/** Tokens of the outside issuer (RFC 7519), verified by its public keys and by nothing else. */
export class OutsideTokens {
  private readonly keys: IssuerKeys;
  private readonly remembered = new Map<string, Remembered>();

  constructor(
    private readonly config: OidcConfig,
    private readonly clock: Clock,
    keys?: Partial<IssuerKeysOptions>,
  ) {
    this.keys = new IssuerKeys(config, keys);
  }

  /** Whether a token says that it is of this issuer, true or not. */
  isClaimedBy(token: string): boolean {
    return claimedIssuer(token) === this.config.issuer;
  }

  /** Null for a token that is expired, forged, for another audience, or of nobody. Throws `issuer_unavailable`. */
  async verify(token: string): Promise<VerifiedToken | null> {
    const name = nameOf(token);
    const now = this.clock.now().getTime();
    const known = this.remembered.get(name);
    if (known && known.until > now) return known;
    const payload = await this.payloadOf(token);
    const verified = payload && this.toVerified(payload);
    if (verified) this.remember(name, { ...verified, until: Math.min(endOf(payload), now + REMEMBERED_MS) });
    return verified;
  }

  private async payloadOf(token: string): Promise<JWTPayload | null> {
    const { issuer, audience, algorithms } = this.config;
    try {
      const { payload, protectedHeader } = await jwtVerify(token, this.keys.find, {
        issuer,
        audience,
        algorithms,
        requiredClaims: ['sub', 'exp', 'iat'],
        clockTolerance: CLOCK_TOLERANCE,
        currentDate: this.clock.now(),
      });
      return TOKEN_TYPE.test(protectedHeader.typ ?? 'JWT') ? payload : null;
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  }

  private toVerified(payload: JWTPayload): VerifiedToken | null {
    const { iat: issuedAt = 0 } = payload;
    const identity = readClaims(payload, this.config);
    const isOfFuture = issuedAt > this.clock.now().getTime() / 1000 + CLOCK_TOLERANCE;
    return identity && !isOfFuture ? { identity, issuedAt } : null;
  }

  private remember(name: string, token: Remembered): void {
    const [oldest] = this.remembered.keys();
    if (oldest !== undefined && this.remembered.size >= MAX_REMEMBERED) this.remembered.delete(oldest);
    this.remembered.delete(name);
    this.remembered.set(name, token);
  }
}

const endOf = ({ exp = 0 }: JWTPayload): number => exp * 1000;
