import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Credential } from './auth/credentials';
import { EventSender, type EventTarget } from './events/event-sender';
import { Exchange } from './http/exchange';
import { handleRequest, type ServerContext } from './http/handle-request';
import { startSweeping } from './lifecycle/start-sweeping';
import { silentLogger, type ServerLogger } from './server-logger';
import { openStore } from './store/store';
import { Throttle } from './throttle/throttle';

export interface ObjectServerOptions {
  /** Created when it is not there. One server at a time may use it. */
  dataDir: string;
  host: string;
  /** 0 for any free one. */
  port: number;
  region: string;
  credentials: readonly Credential[];
  /** Told of each new object, at most once; nobody when left out. */
  events?: EventTarget;
  /** Of all bodies together, to stand for a slow line; as fast as they come when left out. */
  bodyBytesPerSecond?: number;
  /** Told of answers with status 500 and of failing background work. */
  logger?: ServerLogger;
}

export interface ObjectServer {
  /** `http://host:port`, without a slash at the end. */
  url: string;
  port: number;
  /** Lets running requests finish for a moment, then cuts them off. */
  close(): Promise<void>;
}

/** As large as S3 allows for all headers together, and some more for the signature. */
const MAX_HEADER_SIZE = 16 * 1024;
const HEADERS_TIMEOUT_MS = 60_000;
/** Without a single byte either way; a slow upload may take as long as it likes. */
const IDLE_TIMEOUT_MS = 120_000;
const CLOSE_GRACE_MS = 2_000;

/** Rejects when the folder cannot be used or the port is taken. */
export async function startObjectServer(options: ObjectServerOptions): Promise<ObjectServer> {
  const logger = options.logger ?? silentLogger;
  const store = await openStore(options.dataDir, logger);
  const credentials = new Map(options.credentials.map((credential) => [credential.accessKeyId, credential]));
  const running = new Set<Promise<void>>();
  const events = options.events ? new EventSender(options.events, logger) : null;
  const throttle = options.bodyBytesPerSecond ? new Throttle(options.bodyBytesPerSecond) : null;
  const authority = { region: options.region, credentials };
  const server = createHttpServer({ store, events, throttle, logger, authority }, running);
  try {
    server.listen(options.port, options.host);
    await once(server, 'listening');
  } catch (error) {
    await store.close();
    throw error;
  }
  const stopSweeping = startSweeping(store, logger);
  const { port } = server.address() as AddressInfo;
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  return {
    url: `http://${host}:${port}`,
    port,
    close: async () => {
      await closeServer(server);
      await Promise.all([...running, stopSweeping()]);
      await events?.close();
      await store.close();
    },
  };
}

function createHttpServer(context: ServerContext, running: Set<Promise<void>>): Server {
  const server = createServer({
    maxHeaderSize: MAX_HEADER_SIZE,
    headersTimeout: HEADERS_TIMEOUT_MS,
    requestTimeout: 0,
    keepAliveTimeout: HEADERS_TIMEOUT_MS,
    noDelay: true,
  });
  server.setTimeout(IDLE_TIMEOUT_MS);
  for (const event of ['request', 'checkContinue'] as const) {
    server.on(event, (incoming, outgoing) => {
      const handled = handleRequest(context, new Exchange(incoming, outgoing, event === 'checkContinue'));
      running.add(handled);
      void handled.finally(() => running.delete(handled));
    });
  }
  return server;
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS);
  await closed;
  clearTimeout(timer);
}
