import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FetchRules } from '@slipway/platform/fetch/fetch-rules';
import { parseHostRule } from '@slipway/platform/fetch/host-rule';

/** A host of the internet with files, as far as the fetcher of a test can tell. */
export interface FileHost {
  /** Paths that were asked for. */
  asked: string[];
  answer: RequestListener;
  /** The address of a file there. */
  at(path: string): string;
  /** As the product's, but that this one server stands for the whole internet. */
  rules(change?: Partial<FetchRules>): FetchRules;
  close(): Promise<void>;
}

const NAME = 'files.example.com';

export async function startFileHost(): Promise<FileHost> {
  const server = createServer((request, response) => {
    host.asked.push(request.url ?? '');
    host.answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const host: FileHost = {
    asked: [],
    answer: (_, response) => response.writeHead(404).end(),
    at: (path) => `http://${NAME}:${port}${path}`,
    rules: (change = {}) => ({
      hosts: [`${NAME}:${port}`, '*.example.com'].flatMap((rule) => parseHostRule(rule) ?? []),
      allowHttp: true,
      maxBytes: 100 * 1024 * 1024,
      totalMs: 30_000,
      idleMs: 10_000,
      network: {
        isAllowed: (address) => address === '127.0.0.1',
        resolve: async (name) => [{ address: name === NAME ? '127.0.0.1' : '10.0.0.1', family: 4 }],
      },
      ...change,
    }),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return host;
}
