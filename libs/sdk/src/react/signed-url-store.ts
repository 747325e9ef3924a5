import type { SignedUrlRequest, SignedUrlService } from '../urls/signed-url-service.js';
import type { SlipwayError } from '../errors/slipway-error.js';

export interface SignedUrlState {
  readonly url: string | null;
  readonly error: SlipwayError | null;
}

export interface SignedUrlSubject extends Pick<SignedUrlRequest, 'purpose' | 'rendition'> {
  ref: string;
}

export const NO_URL: SignedUrlState = Object.freeze({ url: null, error: null });

/** A timer of more milliseconds ends at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Follows one file's signed URL for as long as somebody looks: asks, and asks again before it ends. */
export class SignedUrlStore {
  #state = NO_URL;
  #running: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #listeners = new Set<() => void>();
  readonly #urls: SignedUrlService;
  readonly #subject: SignedUrlSubject;

  constructor(urls: SignedUrlService, subject: SignedUrlSubject) {
    this.#urls = urls;
    this.#subject = subject;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) void this.#ask({});
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#stop();
    };
  };

  readonly snapshot = (): SignedUrlState => this.#state;

  /** Has another URL made in place of the one there is. */
  readonly refresh = (): void => {
    if (this.#listeners.size > 0) void this.#ask({ refresh: true });
  };

  async #ask(request: { refresh?: boolean }): Promise<void> {
    this.#stop();
    const running = new AbortController();
    this.#running = running;
    const { ref, ...kind } = this.#subject;
    try {
      const { url } = await this.#urls.get(ref, { ...kind, ...request, signal: running.signal });
      if (running.signal.aborted) return;
      this.#set({ url, error: null });
      this.#renewLater();
    } catch (error) {
      if (!running.signal.aborted) this.#set({ ...this.#state, error: error as SlipwayError });
    }
  }

  #renewLater(): void {
    const { ref, ...kind } = this.#subject;
    const ms = Math.min(this.#urls.renewalIn(ref, kind) ?? LONGEST_TIMER_MS, LONGEST_TIMER_MS);
    this.#timer = setTimeout(() => void this.#ask({}), ms);
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#running?.abort();
    this.#running = null;
  }

  #set(state: SignedUrlState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
