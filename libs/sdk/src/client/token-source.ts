import { ApiError } from '../errors/api-error.js';
import { isSlipwayError } from '../errors/slipway-error.js';
import { singleFlight } from './single-flight.js';

/**
 * Gives the access token, null when nobody is signed in. Called before each request with `refresh: false`, and once
 * with `refresh: true` after the API refused the token.
 */
export type GetToken = (options: { refresh: boolean }) => string | null | Promise<string | null>;

/**
 * Asks the host for tokens, once for requests that ask together. Keeps none, so a new sign-in is seen at once; only
 * which token took the place of a refused one is remembered, for a host that goes on giving out the old one.
 */
export class TokenSource {
  #replaced: { refused: string | null; by: string | null } | null = null;
  readonly #ask: () => Promise<string | null>;
  readonly #askAnew: () => Promise<string | null>;

  constructor(getToken: GetToken) {
    this.#ask = singleFlight(() => call(getToken, false));
    this.#askAnew = singleFlight(() => call(getToken, true));
  }

  async current(): Promise<string | null> {
    return this.#successorOf(await this.#ask());
  }

  /** A token to use after `refused` was refused; the same one when there is no other. */
  async after(refused: string | null): Promise<string | null> {
    const current = await this.current();
    if (current !== refused) return current;
    const fresh = await this.#askAnew();
    if (fresh !== refused) this.#replaced = { refused, by: fresh };
    return fresh;
  }

  #successorOf(token: string | null): string | null {
    return this.#replaced && this.#replaced.refused === token ? this.#replaced.by : token;
  }
}

async function call(getToken: GetToken, refresh: boolean): Promise<string | null> {
  try {
    return await getToken({ refresh });
  } catch (error) {
    if (isSlipwayError(error)) throw error;
    throw new ApiError(
      401,
      { code: 'unauthenticated', detail: 'getToken failed, see cause.' },
      { cause: error },
    );
  }
}
