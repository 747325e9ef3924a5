import { DomainError } from '@slipway/core/shared/errors';
import type { IncomingHttpHeaders } from 'node:http';

const single = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value.join() : value;

/**
 * Which pages may use the refresh cookie. A browser says with every POST where its page is from; what says nothing of
 * the kind is no browser, and has no cookie but its own. `SameSite=Strict` alone would let the other sites under the
 * same domain through.
 */
export class OwnOrigins {
  private readonly origins: ReadonlySet<string>;

  constructor({ publicUrl, corsOrigins }: { publicUrl: string; corsOrigins: readonly string[] }) {
    // Every origin (`*`) may read what is for everybody, and use nobody's cookie.
    this.origins = new Set([new URL(publicUrl).origin, ...corsOrigins.filter((origin) => origin !== '*')]);
  }

  /** Fails with `origin_refused`. */
  assertOwn(headers: IncomingHttpHeaders): void {
    const { origin } = headers;
    const site = single(headers['sec-fetch-site']);
    const isOwn =
      origin === undefined ? site === undefined || site === 'same-origin' : this.origins.has(origin);
    if (isOwn) return;
    throw new DomainError('origin_refused', 'Pages of this origin may not use a sign-in of this server.');
  }
}
