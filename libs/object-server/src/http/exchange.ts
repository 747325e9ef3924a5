import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** One request and its answer on the wire. */
export class Exchange {
  /** Shown to the client as x-amz-request-id. */
  readonly id = randomBytes(8).toString('hex').toUpperCase();

  constructor(
    readonly incoming: IncomingMessage,
    readonly outgoing: ServerResponse,
    private isWaiting: boolean,
  ) {}

  /** The client sent `Expect: 100-continue` and was not yet told to go on. */
  get isBodyUnasked(): boolean {
    return this.isWaiting;
  }

  /** To be called only when the body is wanted: a client that is refused then never sends it. */
  askForBody(): void {
    if (this.isWaiting) this.outgoing.writeContinue();
    this.isWaiting = false;
  }

  addHeaders(headers: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(headers)) this.outgoing.setHeader(name, value);
  }

  /** The client went away before it had sent everything. */
  get isAbandoned(): boolean {
    return this.incoming.destroyed && !this.incoming.complete;
  }
}
