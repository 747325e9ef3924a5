import { type Client, createClient } from '../client/create-client.js';
import { singleFlight } from '../client/single-flight.js';
import type { GetToken } from '../client/token-source.js';
import type { Session, User } from '../client/wire.js';
import { ApiError } from '../errors/api-error.js';
import { notify } from '../upload/notify.js';
import { type MarkStorage, SessionMark } from './session-mark.js';
import { type HeldSession, hold, type OnSessionEnd, type SessionState, UNKNOWN } from './session-state.js';
import { type TabMessage, Tabs } from './tabs.js';

export interface SessionTokensOptions {
  /** That of the client that the tokens are for. */
  baseUrl: string;
  /** `include` where the API is on another origin. */
  credentials?: 'same-origin' | 'include';
  fetch?: typeof fetch;
  /** Called once for each session that ends: with null when somebody signed out, else with the refusal. */
  onEnd?: OnSessionEnd;
  /** Keeps no token, only whether there is a cookie to ask. `localStorage` when left out, null for nowhere. */
  storage?: MarkStorage | null;
}

/**
 * Keeps somebody signed in: the access token in memory, where no other script of a later page finds it, and renewed in
 * time by the HttpOnly cookie. The tabs of a browser share one session, and of all of them one renews it: a refresh
 * token that is spent twice ends the session (RFC 9700 §4.14.2).
 */
export class SessionTokens {
  #state = UNKNOWN;
  #held: HeldSession | null = null;
  readonly #listeners = new Set<() => void>();
  readonly #client: Client;
  readonly #mark: SessionMark;
  readonly #tabs: Tabs;
  readonly #onEnd: OnSessionEnd | undefined;
  readonly #renew = singleFlight((): Promise<HeldSession | null> => this.#renewOnce());

  constructor({ baseUrl, credentials = 'same-origin', onEnd, ...options }: SessionTokensOptions) {
    this.#client = createClient({ baseUrl, credentials, ...(options.fetch && { fetch: options.fetch }) });
    this.#mark = new SessionMark(options.storage);
    this.#tabs = new Tabs(`slipway ${this.#client.baseUrl}`, (message) => this.#hear(message));
    this.#onEnd = onEnd;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): SessionState => this.#state;

  /** For `createClient`. */
  readonly getToken: GetToken = async ({ refresh }) => {
    if (this.#state.status === 'unknown') await this.start();
    const held = this.#held;
    if (!held) return null;
    if (!refresh && Date.now() < held.renewAt) return held.token;
    try {
      return (await this.#renew())?.token ?? null;
    } catch (error) {
      // No way to the server, which says nothing of the session: what is left of the token is still good.
      if (!refresh && Date.now() < held.expiresAt) return held.token;
      throw error;
    }
  };

  /** Asks the cookie who is signed in. Rejects, and may be called again, where there is no answer. */
  readonly start = singleFlight(async (): Promise<User | null> => {
    const mark = this.#mark.read();
    if (mark === 'leaving') await this.#giveBack({});
    else if (mark === 'in' && !this.#held) await this.#renew();
    else if (!this.#held) this.#mark.write(null);
    if (!this.#held && this.#state.status === 'unknown') this.#forget(null);
    return this.#held?.user ?? null;
  });

  /** Takes in what a sign-up, a sign-in or a change of password answered. */
  readonly adopt = (session: Session): void => this.#share(hold(session, Date.now()));

  /** The user has another name, or a verified address. */
  readonly update = (user: User): void => {
    if (this.#held) this.#share({ ...this.#held, user });
  };

  /**
   * Signs out, in all tabs and at once. Where the server cannot be told, the next page tells it, and nobody is signed
   * in meanwhile.
   */
  readonly end = async ({ everywhere = false }: { everywhere?: boolean } = {}): Promise<void> => {
    this.#tabs.tell({ type: 'ended', since: Date.now(), expired: false });
    this.#mark.write('leaving');
    this.#forget(null);
    await this.#giveBack({ everywhere });
  };

  /** Lets go of the other tabs; the session itself stays. */
  readonly close = (): void => this.#tabs.close();

  #giveBack(body: { everywhere?: boolean }): Promise<void> {
    return this.#tabs.alone(async () => {
      // Somebody has signed in since, and the cookie is theirs.
      if (this.#mark.read() !== 'leaving') return;
      const told = await this.#call('/auth/logout', body).then(
        () => true,
        // A refusal says that there is nothing to give back.
        (error: unknown) => isRefusal(error),
      );
      if (told && this.#mark.read() === 'leaving') this.#mark.write(null);
    });
  }

  #renewOnce(): Promise<HeldSession | null> {
    const before = this.#held;
    return this.#tabs.alone(async () => {
      if (this.#held !== before) return this.#held;
      const since = Date.now();
      try {
        const session = await this.#call<Session>('/auth/refresh', {});
        // Whoever left meanwhile is not brought back.
        if (this.#mark.read() !== 'leaving' && this.#held === before) this.adopt(session);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        // A sign-in that came meanwhile has nothing to do with the cookie that was refused.
        if (this.#held === before) this.#expire(error, since);
      }
      return this.#held;
    });
  }

  /** Not sent again by itself: a refresh token that was spent without an answer must not be spent once more. */
  #call<T>(path: string, body: object): Promise<T> {
    return this.#client.request<T>(path, { method: 'POST', body, anonymous: true });
  }

  #expire(reason: ApiError, since: number): void {
    this.#mark.write(null);
    this.#tabs.tell({ type: 'ended', since, expired: true });
    this.#forget(reason);
  }

  /** The mark is written by the tab that acts: one that hears of it later would write over what came since. */
  #hear(message: TabMessage): void {
    if (message.type === 'held') this.#take(message.session);
    else if (this.#held && this.#held.heldSince <= message.since)
      this.#forget(message.expired ? new ApiError(401, { code: 'unauthenticated' }) : null);
  }

  #share(held: HeldSession): void {
    this.#mark.write('in');
    this.#take(held);
    this.#tabs.tell({ type: 'held', session: held });
  }

  #take(held: HeldSession): void {
    this.#held = held;
    this.#set({ status: 'signed-in', user: held.user, expired: false });
  }

  #forget(reason: ApiError | null): void {
    const ended = this.#held !== null || reason !== null;
    this.#held = null;
    this.#set({ status: 'signed-out', user: null, expired: reason !== null });
    if (ended) notify(this.#onEnd, reason);
  }

  #set(state: SessionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

/** The API has answered that there is no such session (any more). */
const isRefusal = (error: unknown): error is ApiError =>
  error instanceof ApiError && (error.status === 401 || error.status === 403);

/** See `SessionTokens`. Makes no call of its own accord, so it may stand where a module begins. */
export const sessionTokens = (options: SessionTokensOptions): SessionTokens => new SessionTokens(options);
