import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface LaxStorage {
  url: string;
  /** Keys of the objects that are there. */
  keys: () => string[];
  stop(): Promise<void>;
}

/** Stores and shows whatever anybody asks for, signed or not: what no product should run on. */
export async function startLaxStorage(): Promise<LaxStorage> {
  const objects = new Map<string, Buffer>();

  const list = (prefix: string): string => {
    const found = [...objects.keys()].filter((key) => key.startsWith(prefix));
    const rows = found.map((key) => `<Contents><Key>${key}</Key><Size>1</Size><ETag>"x"</ETag></Contents>`);
    return `<ListBucketResult><IsTruncated>false</IsTruncated>${rows.join('')}</ListBucketResult>`;
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://storage');
    const key = pathname.split('/').slice(2).join('/');
    const body = await buffer(request);
    if (request.method === 'PUT') objects.set(key, body);
    if (request.method === 'DELETE') objects.delete(key);
    const stored = key === '' ? Buffer.from(list(searchParams.get('prefix') ?? '')) : objects.get(key);
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    response.statusCode = isReading && stored === undefined ? 404 : 200;
    response.setHeader('content-length', isReading ? (stored?.length ?? 0) : 0);
    response.end(request.method === 'GET' ? stored : undefined);
  }

  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    keys: () => [...objects.keys()],
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
