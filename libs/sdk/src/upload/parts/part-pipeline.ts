import { interruptible, type Interrupt } from '../../client/interruptible.js';
import { sleep } from '../../client/sleep.js';
import type { SlipwayError } from '../../errors/slipway-error.js';
import type { Part } from './part.js';

/** What is to be done with a part whose PUT has failed. */
export interface Retry {
  delayMs: number;
  /** Its bytes are read and hashed again, and not only signed. */
  reread: boolean;
}

/** The work on a part. Every step may reject, which ends the pipeline, and must stop when `signal` ends. */
export interface PipelineSteps {
  /** Reads and hashes. */
  prepare(part: Part, signal: AbortSignal): Promise<void>;
  sign(parts: readonly Part[], signal: AbortSignal): Promise<void>;
  put(part: Part, signal: AbortSignal): Promise<void>;
  /** Throws when the part is not to be sent again. */
  retry(part: Part, error: unknown): Retry;
  /** Nothing moves: every part on its way waits for its next try. */
  waiting(): void;
}

/** Reading is what costs most, and two at once keep any line busy. */
const PREPARING = 2;
/** Parts of one call for URLs. */
const BATCH = 16;

/**
 * Takes parts through reading, signing and sending, each at its own pace: reading goes a little ahead so that URLs
 * can be asked for in batches, and URLs are asked for only when somebody is about to use them.
 */
export class PartPipeline {
  /** To be read again; they go first. */
  readonly #again: Part[] = [];
  readonly #unsigned: Part[] = [];
  readonly #signed: Part[] = [];
  #exhausted = false;
  #preparing = 0;
  #signing = false;
  #sending = 0;
  #resting = 0;
  /** Parts on their way, in whichever step. */
  #active = 0;
  #signal = new AbortController().signal;
  #interrupt: Interrupt = () => {};
  #finish = () => {};

  readonly #parts: Iterator<Part>;
  readonly #steps: PipelineSteps;
  readonly #senders: number;

  constructor(parts: Iterator<Part>, steps: PipelineSteps, senders: number) {
    this.#parts = parts;
    this.#steps = steps;
    this.#senders = senders;
  }

  /** Resolves when every part was sent. Rejects with the first error that is final, and nothing is under way then. Runs once. */
  run(signal: AbortSignal): Promise<void> {
    return interruptible(
      signal,
      (own, interrupt) =>
        new Promise((finish) => {
          this.#signal = own;
          this.#interrupt = interrupt;
          this.#finish = finish;
          this.#pump();
        }),
    );
  }

  #pump(): void {
    if (this.#signal.aborted) return;
    this.#prepareSome();
    this.#signSome();
    while (this.#sending < this.#senders && this.#signed.length > 0) {
      this.#send(this.#signed.shift() as Part);
    }
    if (this.#exhausted && this.#active === 0) this.#finish();
    else if (this.#resting > 0 && this.#resting === this.#sending) this.#steps.waiting();
  }

  #prepareSome(): void {
    while (this.#preparing < PREPARING) {
      const part = this.#again.shift() ?? this.#next();
      if (!part) return;
      this.#preparing += 1;
      this.#work(this.#steps.prepare(part, this.#signal), () => {
        this.#preparing -= 1;
        this.#queueForSigning(part);
      });
    }
  }

  #next(): Part | undefined {
    if (this.#exhausted || this.#active - this.#sending >= 2 * this.#senders) return undefined;
    const { done, value } = this.#parts.next();
    this.#exhausted = done === true;
    if (value) this.#active += 1;
    return value;
  }

  /** In the order of the file, so that what was sent before goes first. */
  #queueForSigning(part: Part): void {
    this.#unsigned.push(part);
    this.#unsigned.sort((a, b) => a.number - b.number);
  }

  #signSome(): void {
    const enough = this.#signed.length >= this.#senders;
    if (this.#signing || enough || this.#unsigned.length === 0) return;
    const batch = this.#unsigned.splice(0, BATCH);
    this.#signing = true;
    this.#work(this.#steps.sign(batch, this.#signal), () => {
      this.#signing = false;
      this.#signed.push(...batch);
    });
  }

  #send(part: Part): void {
    this.#sending += 1;
    this.#work(this.#tryToSend(part), () => {
      this.#sending -= 1;
    });
  }

  /** A part that rests keeps its place among the senders: what fails for one seldom works for the next. */
  async #tryToSend(part: Part): Promise<void> {
    try {
      await this.#steps.put(part, this.#signal);
      this.#active -= 1;
    } catch (error) {
      const { delayMs, reread } = this.#steps.retry(part, error);
      this.#resting += 1;
      this.#pump();
      await sleep(delayMs, this.#signal);
      this.#resting -= 1;
      if (reread) this.#again.push(part);
      else this.#queueForSigning(part);
    }
  }

  #work(step: Promise<void>, then: () => void): void {
    const goOn = () => {
      then();
      this.#pump();
    };
    step.then(goOn).catch((error: unknown) => this.#interrupt(error as SlipwayError));
  }
}
