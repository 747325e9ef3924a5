import type { HeldSession } from './session-state.js';

/** What the tabs of one browser tell each other. A session that was held later than `since` has not ended. */
export type TabMessage =
  | { type: 'held'; session: HeldSession }
  | { type: 'ended'; since: number; expired: boolean };

/** How long who had to wait listens for the news of who went first. */
const NEWS_MS = 150;

/** Runs one thing at a time over all tabs and spreads what came of it; without the browser's help within this tab. */
export class Tabs {
  readonly #name: string;
  readonly #channel: BroadcastChannel | null;
  #tail: Promise<unknown> = Promise.resolve();
  #heard = () => {};

  constructor(name: string, onMessage: (message: TabMessage) => void) {
    this.#name = name;
    this.#channel =
      typeof document === 'object' && 'BroadcastChannel' in globalThis ? new BroadcastChannel(name) : null;
    this.#channel?.addEventListener('message', ({ data }: MessageEvent<TabMessage>) => {
      onMessage(data);
      this.#heard();
    });
  }

  tell(message: TabMessage): void {
    this.#channel?.postMessage(message);
  }

  /** Where another tab was at it, its news, if it had any, have come in before `work` begins. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#tail.then(() => this.#locked(work));
    this.#tail = turn.catch(() => {});
    return turn;
  }

  close(): void {
    this.#channel?.close();
  }

  async #locked<T>(work: () => Promise<T>): Promise<T> {
    const locks = globalThis.navigator?.locks as LockManager | undefined;
    if (!locks || !this.#channel) return work();
    const atOnce = await locks.request(this.#name, { ifAvailable: true }, async (lock) =>
      lock ? { result: await work() } : null,
    );
    if (atOnce) return atOnce.result;
    const news = new Promise<void>((resolve) => (this.#heard = resolve));
    return locks.request(this.#name, async () => {
      // A message and a lock come by different ways, and the lock may be the faster one.
      await Promise.race([news, new Promise((resolve) => setTimeout(resolve, NEWS_MS))]);
      return work();
    });
  }
}
