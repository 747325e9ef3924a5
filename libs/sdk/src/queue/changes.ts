type Listener = () => void;

/** A page that draws ten times a second looks alive, and has time left for everything else. */
const REST_MS = 100;

/** Tells listeners that something has changed: at once after a quiet time, and then ten times a second at most. */
export class Changes {
  readonly #listeners = new Set<Listener>();
  readonly #listenersOf = new Map<string, Set<Listener>>();
  readonly #changed = new Set<string>();
  #resting = false;
  #untold = false;

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  subscribeTo(id: string, listener: Listener): () => void {
    const listeners = this.#listenersOf.get(id) ?? new Set();
    this.#listenersOf.set(id, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listenersOf.get(id) === listeners) this.#listenersOf.delete(id);
    };
  }

  note(id?: string): void {
    if (id !== undefined && this.#listenersOf.has(id)) this.#changed.add(id);
    this.#untold = true;
    if (this.#resting) return;
    this.#resting = true;
    // Not in the middle of a change: a thousand files that are added together are one.
    queueMicrotask(this.#tell);
  }

  readonly #tell = (): void => {
    this.#resting = this.#untold;
    if (!this.#untold) return;
    this.#untold = false;
    // Not animation frames: a hidden page has none, and neither has a server.
    setTimeout(this.#tell, REST_MS);
    const ids = [...this.#changed];
    this.#changed.clear();
    const concerned = ids.flatMap((id) => [...(this.#listenersOf.get(id) ?? [])]);
    for (const listener of [...this.#listeners, ...concerned]) listener();
  };
}
