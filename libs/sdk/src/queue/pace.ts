const BURST = 50;

/** Lets the page breathe: ten thousand files that are refused at once would otherwise start and fail in one go. */
export class Pace {
  #left = BURST;
  readonly #onward: () => void;

  constructor(onward: () => void) {
    this.#onward = onward;
  }

  /** False when it is enough for now; `onward` is called when there is time again. */
  take(): boolean {
    if (this.#left === BURST) setTimeout(this.#renew);
    if (this.#left === 0) return false;
    this.#left -= 1;
    return true;
  }

  readonly #renew = (): void => {
    const wasSpent = this.#left === 0;
    this.#left = BURST;
    if (wasSpent) this.#onward();
  };
}
