import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { type Hold, Moment } from './hold';
import { PostgresMessages } from './postgres-messages';

/** `before`: the database has done all of the transaction and not heard of its end. `after`: its answer is kept back. */
export type CommitPoint = 'before' | 'after';

export interface WantedCommit {
  /** Whether this is the transaction, by all that was said in it: statements and values. */
  said: (text: string) => boolean;
  point: CommitPoint;
}

/** Stands between the product and its database, and stops single transactions at their commit. */
export class HoldingDatabaseProxy {
  private readonly holds = new Set<CommitHold>();
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly target: URL,
    private readonly server: Server,
  ) {
    server.on('connection', (client) => this.join(client));
  }

  static async start(databaseUrl: string): Promise<HoldingDatabaseProxy> {
    const server = createServer();
    const proxy = new HoldingDatabaseProxy(new URL(databaseUrl), server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  /** The database through this proxy. */
  get url(): string {
    const through = new URL(this.target);
    through.hostname = '127.0.0.1';
    through.port = String((this.server.address() as AddressInfo).port);
    return through.href;
  }

  /** The first transaction that is `wanted`, and every repeat of it. */
  holdCommit(wanted: WantedCommit): Hold {
    const hold = new CommitHold(wanted, () => this.holds.delete(hold));
    this.holds.add(hold);
    return hold;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private join(client: Socket): void {
    const database = connect(Number(this.target.port), this.target.hostname);
    const ends = [client, database];
    const endBoth = (): void => ends.forEach((end) => end.destroy());
    for (const end of ends) {
      this.sockets.add(end);
      end.on('error', endBoth).on('close', () => {
        this.sockets.delete(end);
        endBoth();
      });
    }
    const session = new Session(client, database, (text) => this.holdFor(text));
    client.on('data', (chunk) => session.fromClient(chunk));
    database.on('data', (chunk) => session.fromDatabase(chunk));
  }

  private holdFor(said: string): CommitHold | undefined {
    return [...this.holds].find((hold) => hold.wanted.said(said));
  }
}

class CommitHold implements Hold {
  private readonly moment: Moment;
  private readonly clients: Socket[] = [];

  constructor(
    readonly wanted: WantedCommit,
    private readonly forget: () => void,
  ) {
    this.moment = new Moment(`${wanted.point} a commit`);
  }

  keep(client: Socket): void {
    this.clients.push(client);
  }

  come(): void {
    this.moment.now();
  }

  reached(): Promise<void> {
    return this.moment.reached();
  }

  drop(): void {
    this.forget();
    for (const client of this.clients) client.destroy();
  }
}

/** One connection; a held one passes nothing on any more. */
class Session {
  private readonly messages = new PostgresMessages();
  private said = '';
  private hold: CommitHold | undefined;

  constructor(
    private readonly client: Socket,
    private readonly database: Socket,
    private readonly holdFor: (said: string) => CommitHold | undefined,
  ) {}

  fromClient(chunk: Buffer): void {
    for (const message of this.messages.push(chunk)) {
      if (this.hold) return;
      this.listen(message.text);
      if (this.hold === undefined || this.isSentOn(this.hold)) this.database.write(message.bytes);
    }
  }

  /** The answer to the commit is the first thing that a held session hears. */
  fromDatabase(chunk: Buffer): void {
    if (this.hold) this.hold.come();
    else this.client.write(chunk);
  }

  private listen(text: string): void {
    if (/^(begin|start transaction)/i.test(text)) this.said = '';
    this.said += `${text}\n`;
    if (!/^commit/i.test(text)) return;
    this.hold = this.holdFor(this.said);
    this.hold?.keep(this.client);
  }

  private isSentOn(hold: CommitHold): boolean {
    if (hold.wanted.point === 'before') hold.come();
    return hold.wanted.point === 'after';
  }
}
