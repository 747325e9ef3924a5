import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const partOf = ({ method, url = '' }: IncomingMessage): number | null => {
  const number = new URL(url, 'http://storage').searchParams.get('partNumber');
  return method === 'PUT' && number !== null ? Number(number) : null;
};

/**
 * A door between browsers and the storage: counts the parts of large files, and holds them where a test wants "in the
 * middle of an upload" to be a place and not a moment. What is held stays unread, so its sender sees a line that stands
 * still.
 */
export class StorageGate {
  /** What the storage has answered to each part, in the order in which it did. */
  answers: { number: number; status: number }[] = [];
  private admits = Infinity;
  private held: { pass: () => void; response: ServerResponse }[] = [];
  private underWay = 0;
  private changed = () => {};
  private readonly server = createServer((request, response) => void this.take(request, response));

  private constructor(private readonly storage: URL) {}

  static async start(endpoint: string): Promise<StorageGate> {
    const gate = new StorageGate(new URL(endpoint));
    gate.server.listen(0, '127.0.0.1');
    await once(gate.server, 'listening');
    return gate;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Numbers of the parts that the storage has taken, in order. */
  get stored(): number[] {
    const taken = this.answers.filter(({ status }) => status === 200).map(({ number }) => number);
    return taken.toSorted((one, other) => one - other);
  }

  /** Starts to count anew: so many parts pass, the others wait. */
  holdAfter(parts: number): void {
    this.answers = [];
    this.admits = parts;
  }

  /** Resolves when as many parts as pass are stored, and others wait. */
  async untilFull(): Promise<void> {
    while (this.admits > 0 || this.held.length === 0 || this.underWay > 0)
      await new Promise<void>((resolve) => (this.changed = resolve));
  }

  release(): void {
    this.admits = Infinity;
    for (const { pass } of this.held.splice(0)) pass();
  }

  /** As when whoever was sending is gone: of what was held, nothing reaches the storage. */
  drop(): void {
    this.admits = Infinity;
    for (const { response } of this.held.splice(0)) response.destroy();
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const part = partOf(request);
    if (part === null) return this.pass(request, response);
    if (this.admits === 0) await this.hold(response);
    if (response.destroyed) return;
    this.admits -= 1;
    this.underWay += 1;
    this.pass(request, response, (status) => this.answers.push({ number: part, status }));
    response.on('close', () => {
      this.underWay -= 1;
      this.changed();
    });
  }

  /** Ends when the gate opens, or when nobody waits any more. */
  private async hold(response: ServerResponse): Promise<void> {
    await new Promise<void>((pass) => {
      this.held.push({ pass, response });
      this.changed();
      response.on('close', () => {
        this.held = this.held.filter((other) => other.response !== response);
        pass();
      });
    });
  }

  /** A storage that is away looks from here as it would without the gate: a connection that ends. */
  private pass(
    request: IncomingMessage,
    response: ServerResponse,
    onAnswer: (status: number) => void = () => {},
  ): void {
    const { hostname, port } = this.storage;
    const { method, url, headers } = request;
    const upstream = httpRequest({ hostname, port, method, path: url, headers });
    upstream.on('response', (answer) => {
      const status = answer.statusCode ?? 502;
      onAnswer(status);
      response.writeHead(status, answer.headers);
      answer.on('error', () => response.destroy());
      answer.pipe(response);
      // What a refused part has still to send is read away: nothing else comes through its connection before.
      answer.on('end', () => request.unpipe(upstream).resume());
    });
    upstream.on('error', () => response.destroy());
    response.on('close', () => upstream.destroy());
    request.pipe(upstream);
  }
}
