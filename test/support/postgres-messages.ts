export interface PostgresMessage {
  bytes: Buffer;
  /** Of a statement or of values; a simple query's begins with the statement. */
  text: string;
}

const TYPE_LENGTH = 1;
const LENGTH_LENGTH = 4;

/**
 * Cuts what a client says into its messages: a letter, a length that counts itself, the content. Only the first has no
 * letter. https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
export class PostgresMessages {
  private rest: Buffer = Buffer.alloc(0);
  private isFirst = true;

  push(chunk: Buffer): PostgresMessage[] {
    this.rest = Buffer.concat([this.rest, chunk]);
    const messages: PostgresMessage[] = [];
    for (let length = this.nextLength(); length <= this.rest.length; length = this.nextLength()) {
      const head = this.headLength();
      const bytes = this.rest.subarray(0, length);
      messages.push({ bytes, text: bytes.toString('latin1', head) });
      this.rest = this.rest.subarray(length);
      this.isFirst = false;
    }
    return messages;
  }

  private headLength(): number {
    return LENGTH_LENGTH + (this.isFirst ? 0 : TYPE_LENGTH);
  }

  /** Infinity while it is not known. */
  private nextLength(): number {
    const head = this.headLength();
    if (this.rest.length < head) return Infinity;
    return head - LENGTH_LENGTH + this.rest.readInt32BE(head - LENGTH_LENGTH);
  }
}
