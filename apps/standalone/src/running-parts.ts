interface Part {
  close(): Promise<void>;
}

/** Thrown out of a start that was interrupted; everything that ran is being closed already. */
export class InterruptedError extends Error {
  constructor() {
    super('Stopped while starting');
    this.name = 'InterruptedError';
  }
}

/** What runs, in the order of its start; closed in the opposite order, so that nothing outlives what it stands on. */
export class RunningParts {
  private readonly parts: Part[] = [];
  private ending: Promise<void> | undefined;

  get isClosing(): boolean {
    return this.ending !== undefined;
  }

  async start<Started extends Part>(start: () => Promise<Started>): Promise<Started> {
    if (this.isClosing) throw new InterruptedError();
    const part = await start();
    // Closing began meanwhile and does not know of it.
    if (this.isClosing) {
      await part.close();
      throw new InterruptedError();
    }
    this.parts.push(part);
    return part;
  }

  /** Goes on when a part fails to close, and throws the first failure at the end. */
  close(): Promise<void> {
    this.ending ??= this.closeAll();
    return this.ending;
  }

  private async closeAll(): Promise<void> {
    const failures: unknown[] = [];
    for (const part of this.parts.splice(0).reverse()) {
      await part.close().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }
}
