import { DomainError } from '@slipway/core/shared/errors';
import { isTrustworthy, type OidcConfig } from '@slipway/platform/config/oidc-config';
import { createRemoteJWKSet, errors, jwksCache, type JWTVerifyGetKey, type RemoteJWKSet } from 'jose';

export interface IssuerKeysOptions {
  /** Older keys are fetched anew beside the calls that go on with them. Milliseconds. */
  freshMs: number;
  /** How long keys are believed while their issuer is away. Milliseconds. */
  keepMs: number;
  /** After a fetch, a key that is not among them has no new one made for so long. Milliseconds. */
  cooldownMs: number;
  /** Of one fetch. Milliseconds. */
  timeoutMs: number;
}

const MINUTE_MS = 60_000;

const DEFAULTS: IssuerKeysOptions = {
  freshMs: 10 * MINUTE_MS,
  keepMs: 24 * 60 * MINUTE_MS,
  cooldownMs: MINUTE_MS / 2,
  timeoutMs: 5_000,
};

const RETRY_AFTER_SECONDS = 5;

const unavailable = (cause: unknown): DomainError =>
  new DomainError('issuer_unavailable', 'The issuer of this token does not answer.', {
    retryAfter: RETRY_AFTER_SECONDS,
    cause,
  });

/** What a token is to blame for; everything else is the issuer's. */
const isOfToken = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported;

/**
 * The keys of an outside issuer (RFC 7517), fetched when the first token comes. While the issuer is away they go on
 * working for a day.
 */
export class IssuerKeys {
  private readonly options: IssuerKeysOptions;
  private readonly cache: { uat?: number } = {};
  /** One for all calls that wait for it. */
  private remote: Promise<RemoteJWKSet> | null = null;
  private triedAt = 0;

  constructor(
    private readonly config: Pick<OidcConfig, 'issuer' | 'jwksUrl'>,
    options: Partial<IssuerKeysOptions> = {},
  ) {
    this.options = { ...DEFAULTS, ...options };
  }

  /** Throws `issuer_unavailable` where a key is asked for that is not known, and the issuer cannot be asked. */
  readonly find: JWTVerifyGetKey = async (header, token) => {
    try {
      const remote = await this.open();
      this.refresh(remote);
      return await remote(header, token);
    } catch (error) {
      throw isOfToken(error) ? error : unavailable(error);
    }
  };

  private open(): Promise<RemoteJWKSet> {
    this.remote ??= this.connect().catch((error: unknown) => {
      this.remote = null;
      throw error;
    });
    return this.remote;
  }

  private async connect(): Promise<RemoteJWKSet> {
    const { keepMs, cooldownMs, timeoutMs } = this.options;
    const url = this.config.jwksUrl ?? (await this.discover());
    return createRemoteJWKSet(new URL(url), {
      cacheMaxAge: keepMs,
      cooldownDuration: cooldownMs,
      timeoutDuration: timeoutMs,
      [jwksCache]: this.cache as object as Record<string, never>,
    });
  }

  /** Fails unseen: the keys that are there do until they are too old. */
  private refresh(remote: RemoteJWKSet): void {
    const { freshMs, cooldownMs } = this.options;
    const now = Date.now();
    const isFresh = this.cache.uat === undefined || now - this.cache.uat < freshMs;
    if (isFresh || now - this.triedAt < cooldownMs) return;
    this.triedAt = now;
    remote.reload().catch(() => undefined);
  }

  /** OpenID Connect Discovery 1.0 §4: where the keys are, as the issuer itself says. */
  private async discover(): Promise<string> {
    const { issuer } = this.config;
    const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
      redirect: 'error',
      signal: AbortSignal.timeout(this.options.timeoutMs),
    });
    if (!response.ok) throw new Error(`the discovery document is answered with ${response.status}`);
    const found = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown };
    if (found.issuer !== issuer) throw new Error('the discovery document is of another issuer');
    if (typeof found.jwks_uri !== 'string' || !isTrustworthy(found.jwks_uri)) {
      throw new Error('the discovery document names no address of keys that can be trusted');
    }
    return found.jwks_uri;
  }
}
