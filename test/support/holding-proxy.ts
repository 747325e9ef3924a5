import { once } from 'node:events';
import {
  createServer,
  request as httpRequest,
  type ClientRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Hold, Moment } from './hold';
import { readS3Request, type S3Operation, type S3Request } from './s3-operation';

/**
 * Where a request is stopped. `before`: the storage has seen nothing of it. `halfway`: it has half of the body.
 * `during`: it has all of the request, and nobody waits for what it does. `after`: it has answered, and the answer is
 * kept back.
 */
export type StoragePoint = 'before' | 'halfway' | 'during' | 'after';

export interface Wanted {
  operation: S3Operation;
  key: (key: string) => boolean;
  point: StoragePoint;
}

export interface StorageHold extends Hold {
  /**
   * Sends on what was held `before`, though whoever had sent it may be dead: as a network does that was slow. Gives the
   * storage's statuses.
   */
  deliver(): Promise<number[]>;
}

interface Target {
  host: string;
  port: number;
}

/** Stands between the product and its storage, and stops single requests where a test wants them. */
export class HoldingProxy {
  private readonly holds = new Set<RequestHold>();

  private constructor(
    private readonly target: Target,
    private readonly server: Server,
  ) {
    server.on('request', (request, response) => this.take(request, response));
  }

  static async start(target: Target): Promise<HoldingProxy> {
    const server = createServer();
    const proxy = new HoldingProxy(target, server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** The first request that is `wanted`, and every repeat of it. */
  hold(wanted: Wanted): StorageHold {
    const hold = new RequestHold(wanted, this.target, () => this.holds.delete(hold));
    this.holds.add(hold);
    return hold;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private take(request: IncomingMessage, response: ServerResponse): void {
    const asked = readS3Request(request);
    for (const hold of this.holds) if (hold.wants(asked)) return void hold.take({ request, response });
    this.pass(request, response);
  }

  private pass(request: IncomingMessage, response: ServerResponse): void {
    const upstream = openUpstream(request, this.target);
    // A storage that is gone says nothing: its connections end.
    const end = (): void => void request.socket.destroy();
    upstream.on('error', end);
    upstream.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.rawHeaders);
      answer.on('error', end).pipe(response);
    });
    response.on('close', () => upstream.destroy());
    request.pipe(upstream);
  }
}

/** The same request, with its headers as they are: they are signed. */
const openUpstream = ({ method, url, rawHeaders }: IncomingMessage, target: Target): ClientRequest =>
  httpRequest({ ...target, method, path: url, headers: rawHeaders, agent: false });

interface Call {
  request: IncomingMessage;
  response: ServerResponse;
}

class RequestHold implements StorageHold {
  private readonly moment: Moment;
  private readonly calls: Call[] = [];
  private readonly upstreams: ClientRequest[] = [];
  private readonly kept: { request: IncomingMessage; body: Buffer }[] = [];

  constructor(
    private readonly wanted: Wanted,
    private readonly target: Target,
    private readonly forget: () => void,
  ) {
    this.moment = new Moment(`${wanted.point} ${wanted.operation}`);
  }

  wants({ operation, key }: S3Request): boolean {
    return operation === this.wanted.operation && this.wanted.key(key);
  }

  reached(): Promise<void> {
    return this.moment.reached();
  }

  /** A client that repeats its request while the first is held gets no further than this. */
  async take(call: Call): Promise<void> {
    const isFirst = this.calls.push(call) === 1;
    if (!isFirst) return;
    try {
      await this.advance(call.request);
      this.moment.now();
    } catch {
      // Client or storage went away on the way there: whoever waits for this point is told that nothing came.
    }
  }

  drop(): void {
    this.forget();
    for (const { request } of this.calls) request.socket.destroy();
    for (const upstream of this.upstreams) upstream.destroy();
  }

  async deliver(): Promise<number[]> {
    const statuses: number[] = [];
    for (const { request, body } of this.kept) {
      const upstream = this.open(request);
      upstream.end(body);
      const answer = await answerOf(upstream);
      statuses.push(answer.statusCode ?? 0);
    }
    return statuses;
  }

  private async advance(request: IncomingMessage): Promise<void> {
    const body = await readAll(request);
    const { point } = this.wanted;
    if (point === 'before') return void this.kept.push({ request, body });
    const upstream = this.open(request);
    if (point === 'halfway') return write(upstream, body.subarray(0, body.length / 2));
    upstream.end(body);
    if (point === 'during') return void (await once(upstream, 'finish'));
    await answerOf(upstream);
  }

  private open(request: IncomingMessage): ClientRequest {
    const upstream = openUpstream(request, this.target);
    // Of a storage that is killed meanwhile.
    upstream.on('error', () => undefined);
    this.upstreams.push(upstream);
    return upstream;
  }
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const write = (upstream: ClientRequest, bytes: Buffer): Promise<void> =>
  new Promise((resolve, reject) =>
    upstream.write(bytes, (error) => {
      if (error) reject(error);
      else resolve();
    }),
  );

/** The whole answer has come by then; its body is thrown away. */
async function answerOf(upstream: ClientRequest): Promise<IncomingMessage> {
  const [answer] = (await once(upstream, 'response')) as [IncomingMessage];
  answer.resume();
  await once(answer, 'end');
  return answer;
}
