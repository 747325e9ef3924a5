const numberOf = (url: string): number | null => {
  const number = new URL(url).searchParams.get('partNumber');
  return number === null ? null : Number(number);
};

/**
 * A `fetch` that lets some parts of large files through and holds the next ones, so that "in the middle of an upload"
 * is a place and not a moment.
 */
export class PartGate {
  /** Each answer to a part, in the order in which they came. */
  readonly answers: { number: number; status: number }[] = [];
  private admitted = 0;
  private held = 0;
  private open = () => {};
  private readonly opened = new Promise<void>((resolve) => (this.open = resolve));
  private changed = () => {};

  constructor(private readonly limit: number) {}

  /** Numbers of the parts that the storage has taken. */
  get stored(): number[] {
    return this.answers.filter(({ status }) => status === 200).map(({ number }) => number);
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const number = typeof input === 'string' ? numberOf(new URL(input, 'http://relative').href) : null;
    if (number === null) return fetch(input, init);
    if (this.admitted >= this.limit) await this.hold(init?.signal ?? undefined);
    this.admitted += 1;
    const response = await fetch(input, init);
    this.answers.push({ number, status: response.status });
    this.changed();
    return response;
  };

  /** Resolves when as many parts are stored as pass, and another one waits. */
  async untilFull(): Promise<void> {
    while (this.answers.length < this.limit || this.held === 0)
      await new Promise<void>((resolve) => (this.changed = resolve));
  }

  letThrough(): void {
    this.open();
  }

  private async hold(signal: AbortSignal | undefined): Promise<void> {
    this.held += 1;
    this.changed();
    const ended = new Promise<never>((_, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
    await Promise.race([this.opened, ended]);
  }
}
