import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

export interface Told<Record> {
  authorization: string | undefined;
  records: Record[];
}

/** Whoever is told of events: answers 503 as often as it is told to, and nothing at all while it is held. */
export class EventListener<Record> {
  readonly messages: Told<Record>[] = [];
  refusals = 0;
  private held: Promise<void> = Promise.resolve();
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => void this.hear(request, response));
  }

  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/events`;
  }

  /** Takes what it is told, and answers when the returned function is called. */
  hold(): () => void {
    let release = (): void => undefined;
    this.held = new Promise((resolve) => (release = resolve));
    return release;
  }

  records = (): Record[] => this.messages.flatMap((message) => message.records);

  async until(isTold: (records: Record[]) => boolean): Promise<void> {
    while (!isTold(this.records())) await new Promise((resolve) => setTimeout(resolve, 10));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async hear(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { Records: records } = (await json(request)) as { Records: Record[] };
    if (this.refusals > 0) {
      this.refusals -= 1;
      response.statusCode = 503;
    } else {
      this.messages.push({ authorization: request.headers.authorization, records });
      await this.held;
    }
    response.end();
  }
}
