import { parseCookie, type SetCookie, stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

const NAME = 'slipway_refresh';
const SECURE_NAME = `__Secure-${NAME}`;

/** Of a `Cookie` header, under either name; null where there is none. */
export function refreshCookieIn(header: string | undefined): string | null {
  const cookies = parseCookie(header ?? '');
  return cookies[NAME] || cookies[SECURE_NAME] || null;
}

/**
 * Keeps the refresh token where no script reads it, and sends it to no other route. Over https its name itself makes
 * browsers refuse it from anywhere else (RFC 6265bis §4.1.3.1).
 */
export class RefreshCookie {
  private readonly base: Omit<SetCookie, 'value'>;

  constructor({ publicUrl, lifeSeconds }: { publicUrl: string; lifeSeconds: number }) {
    const secure = publicUrl.startsWith('https:');
    this.base = {
      name: secure ? SECURE_NAME : NAME,
      path: '/api/auth',
      httpOnly: true,
      sameSite: 'strict',
      secure,
      maxAge: lifeSeconds,
    };
  }

  /** Null where there is none. */
  read({ headers }: FastifyRequest): string | null {
    return parseCookie(headers.cookie ?? '')[this.base.name] || null;
  }

  give(reply: FastifyReply, token: string): void {
    void reply.header('set-cookie', stringifySetCookie({ ...this.base, value: token }));
  }

  clear(reply: FastifyReply): void {
    void reply.header('set-cookie', stringifySetCookie({ ...this.base, value: '', maxAge: 0 }));
  }
}
