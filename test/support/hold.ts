import { settlesWithin } from '@slipway/platform/jobs/settles-within';

/** Something under way that was stopped at one point, and stays there. */
export interface Hold {
  /** Fails when nothing has come to that point in time. */
  reached(): Promise<void>;
  /** Breaks the connections of what is held; from now on nothing is held any more. */
  drop(): void;
}

/** Whoever is held gives up after 15 s or more (statement, answer of the storage): by then all must be there. */
const WITHIN_MS = 12_000;

/** The moment at which a hold is reached. */
export class Moment {
  private tell!: () => void;
  private readonly come = new Promise<void>((resolve) => (this.tell = resolve));

  constructor(private readonly what: string) {}

  now(): void {
    this.tell();
  }

  async reached(): Promise<void> {
    if (await settlesWithin(WITHIN_MS, this.come)) return;
    throw new Error(`Nothing came to this point within ${WITHIN_MS} ms: ${this.what}`);
  }
}
