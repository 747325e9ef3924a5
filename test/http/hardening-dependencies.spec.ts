import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { version } from 'fastify/package.json';
import { startProgram } from '../support/processes';
import { makeTestFolder } from '../support/test-folder';

const QUESTION = 'POST /-/npm/v1/security/advisories/bulk';

/** As the registry lists it: the version that is installed, and no other. */
const FASTIFY = {
  name: 'fastify',
  'dist-tags': { latest: version },
  versions: { [version]: { name: 'fastify', version } },
};

/** What a registry answers when it is asked for faults; besides, it has one package. */
interface Registry {
  url: string;
  asked: string[];
  server: Server;
}

async function startRegistry(status: number, advisories: unknown): Promise<Registry> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    request.resume();
    const asking = `${request.method} ${request.url}`;
    const [answer, body] = { [QUESTION]: [status, advisories], 'GET /fastify': [200, FASTIFY] }[asking] ?? [
      404,
      {},
    ];
    response.writeHead(Number(answer), { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, asked, server };
}

const advisory = (severity: string) => ({
  fastify: [
    { id: 1, url: 'https://example.com/1', title: 'Opens by itself', severity, vulnerable_versions: '*' },
  ],
});

async function audit(status: number, advisories: unknown) {
  const registry = await startRegistry(status, advisories);
  // npm keeps what it has heard of a fault.
  const cache = await makeTestFolder('npm');
  const settings = {
    npm_config_registry: registry.url,
    npm_config_cache: cache.path,
    npm_config_fetch_retries: '0',
  };
  const program = startProgram(process.execPath, ['scripts/audit-dependencies.mjs'], { env: settings });
  const { code } = await program.exited;
  registry.server.close();
  await cache.remove();
  expect(registry.asked).toContain(QUESTION);
  return { code, output: program.output };
}

test.each([
  { what: 'knows of nothing', status: 200, advisories: {}, code: 0, told: /no grave fault is known/ },
  {
    what: 'knows of something slight',
    status: 200,
    advisories: advisory('low'),
    code: 0,
    told: /no grave fault/,
  },
  {
    what: 'knows of something grave',
    status: 200,
    advisories: advisory('high'),
    code: 1,
    told: /fastify \(high\): .*Opens by itself https:\/\/example\.com\/1/,
  },
  {
    what: 'cannot be asked',
    status: 405,
    advisories: {},
    code: 0,
    told: /skipped: this registry cannot be asked/,
  },
  { what: 'fails', status: 500, advisories: {}, code: 1, told: /could not be asked/ },
])('with a registry that $what, CI goes on or does not', async ({ status, advisories, code, told }) => {
  expect(await audit(status, advisories)).toEqual({ code, output: expect.stringMatching(told) as string });
});
