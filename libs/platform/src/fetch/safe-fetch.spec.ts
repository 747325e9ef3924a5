import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import type { FetchFailure } from './fetch-refusal';
import type { FetchNetwork, FetchRules } from './fetch-rules';
import { isGlobalAddress } from './global-address';
import { parseHostRule } from './host-rule';
import { safeFetch } from './safe-fetch';

/** Somebody inside the network: whoever gets through to it has broken out. */
let server: Server;
let asked: string[];
let answer: RequestListener;

const portOf = (): number => (server.address() as AddressInfo).port;

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(`${request.headers.host ?? ''}${request.url ?? ''}`);
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

beforeEach(() => {
  asked = [];
  answer = (_, response) => response.end('secret');
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const toResolved = (addresses: string[]) =>
  addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

const names =
  (table: Record<string, string[]>): FetchNetwork['resolve'] =>
  async (host) => {
    const addresses = table[host] ?? [];
    if (addresses.length === 0) throw new Error(`ENOTFOUND ${host}`);
    return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  };

const rulesFor = (hosts: string[], change: Partial<FetchRules> = {}): FetchRules => ({
  hosts: hosts.flatMap((host) => parseHostRule(host) ?? []),
  allowHttp: true,
  maxBytes: 1_000,
  totalMs: 10_000,
  idleMs: 5_000,
  ...change,
});

/** As the product fetches, but for the one server of the test, which stands for a host of the internet. */
const onlyTestServer = (table: Record<string, string[]> = {}): FetchNetwork => ({
  isAllowed: (address) => address === '127.0.0.1',
  resolve: names({ 'files.example.com': ['127.0.0.1'], ...table }),
});

const fetchText = (address: string, rules: FetchRules, signal?: AbortSignal) =>
  safeFetch(new URL(address), { rules, signal }, async ({ url, contentType, body }) => ({
    url: url.href,
    contentType,
    text: await text(body),
  }));

const failure = (expected: FetchFailure) => expect.objectContaining({ failure: expected });

describe('an address that is not of the public internet is not asked', () => {
  /** By its cause: most of these would not answer anyway. */
  const BEFORE_ASKING = expect.objectContaining({
    failure: 'unreachable',
    cause: expect.objectContaining({ message: expect.stringContaining('not of the public internet') }),
  });
  /** The host is on the list, so that only its address can be what keeps it out. */
  const refusal = (host: string, network?: FetchNetwork) => {
    const { hostname } = new URL(`http://${host}`);
    const rules = rulesFor([`${hostname}:${portOf()}`], network && { network });
    return fetchText(`http://${host}:${portOf()}/`, rules).catch((error: unknown) => error);
  };

  test.each([
    ['127.0.0.1', 'loopback'],
    ['127.1', 'loopback, short'],
    ['127.0.1', 'loopback, in three'],
    ['127.255.255.254', 'the other end of loopback'],
    ['2130706433', 'loopback, decimal'],
    ['0x7f000001', 'loopback, hexadecimal'],
    ['0X7F.1', 'loopback, hexadecimal and short'],
    ['0177.0.0.1', 'loopback, octal'],
    ['017700000001', 'loopback, octal in one'],
    ['0x7f.0.0.01', 'loopback, mixed'],
    ['%31%32%37.0.0.1', 'loopback, percent-encoded'],
    ['１２７.0.0.1', 'loopback, full-width'],
    ['①②⑦.⓪.⓪.①', 'loopback, circled'],
    ['127。0。0。1', 'loopback, with ideographic stops'],
    ['127.0.0.1.', 'loopback, with a stop at the end'],
    ['0', 'this host'],
    ['0.0.0.0', 'this host, in full'],
    ['10.0.0.1', 'private'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private, at the end'],
    ['192.168.0.1', 'private'],
    ['169.254.169.254', 'link-local: the metadata of clouds'],
    ['0xA9FEA9FE', 'the metadata of clouds, hexadecimal'],
    ['2852039166', 'the metadata of clouds, decimal'],
    ['100.64.0.1', 'behind a carrier’s NAT'],
    ['100.100.100.200', 'the metadata of another cloud'],
    ['192.0.0.192', 'protocol assignments'],
    ['192.0.2.1', 'for documents'],
    ['192.88.99.1', 'relays of 6to4'],
    ['198.18.0.1', 'for benchmarks'],
    ['198.51.100.1', 'for documents'],
    ['203.0.113.1', 'for documents'],
    ['224.0.0.1', 'multicast'],
    ['240.0.0.1', 'reserved'],
    ['255.255.255.255', 'broadcast'],
    ['[::1]', 'loopback'],
    ['[0:0:0:0:0:0:0:1]', 'loopback, in full'],
    ['[::]', 'unspecified'],
    ['[::ffff:127.0.0.1]', 'IPv4-mapped'],
    ['[::ffff:7f00:1]', 'IPv4-mapped, hexadecimal'],
    ['[::ffff:8.8.8.8]', 'IPv4-mapped, of a public one'],
    ['[::ffff:0:127.0.0.1]', 'IPv4-translated'],
    ['[::127.0.0.1]', 'IPv4-compatible'],
    ['[64:ff9b::127.0.0.1]', 'NAT64'],
    ['[64:ff9b:1::a00:1]', 'NAT64 of this network'],
    ['[2002:7f00:1::]', '6to4'],
    ['[2001:0:7f00:1::]', 'Teredo'],
    ['[2001:10::1]', 'ORCHID'],
    ['[2001:db8::1]', 'for documents'],
    ['[3fff::1]', 'for documents'],
    ['[fe80::1]', 'link-local'],
    ['[fec0::1]', 'site-local'],
    ['[fc00::1]', 'unique local'],
    ['[fd00:ec2::254]', 'the metadata of clouds'],
    ['[ff02::1]', 'multicast'],
    ['[100::1]', 'discard'],
    ['[5f00::1]', 'segment routing'],
    ['[4000::1]', 'given to nobody'],
  ])('%s: %s', async (host) => {
    expect(await refusal(host)).toEqual(BEFORE_ASKING);
    expect(asked).toEqual([]);
  });

  test.each([
    ['a private one', ['10.0.0.1']],
    ['this machine', ['127.0.0.1']],
    ['this machine, IPv6', ['::1']],
    ['an IPv4-mapped one', ['::ffff:127.0.0.1']],
    ['a public one and this machine', ['93.184.215.14', '127.0.0.1']],
    ['this machine and a public one', ['127.0.0.1', '2606:2800:21f:cb07:6820:80da:af6b:8b2c']],
    ['an address with a zone', ['fe80::1%lo']],
    ['nothing', []],
    ['what is no address', ['localhost']],
  ])('a name that means %s', async (_, addresses) => {
    const network = { isAllowed: isGlobalAddress, resolve: async () => toResolved(addresses) };
    expect(await refusal('in.example.com', network)).toEqual(BEFORE_ASKING);
    expect(asked).toEqual([]);
  });

  test('localhost, as this machine itself resolves it', async () => {
    expect(await refusal('localhost')).toEqual(BEFORE_ASKING);
    expect(asked).toEqual([]);
  });

  test('a name of ours and one of nobody’s are told apart by nothing', async () => {
    const network = { isAllowed: isGlobalAddress, resolve: names({ 'in.example.com': ['10.0.0.1'] }) };
    expect(String(await refusal('in.example.com', network))).toBe(
      String(await refusal('no.example.com', network)),
    );
  });
});

test.each(['8.8.8.8', '1.1.1.1', '93.184.215.14', '2606:4700::1111', '2001:4860:4860::8888'])(
  '%s is of the public internet',
  (address) => {
    expect(isGlobalAddress(address)).toBe(true);
  },
);

describe('a URL that the rules do not know is not asked', () => {
  test.each([
    ['ftp://files.example.com/x'],
    ['gopher://files.example.com/x'],
    ['file:///etc/passwd'],
    ['data:text/plain,x'],
    ['javascript:alert(1)'],
    ['http://user@files.example.com/x'],
    ['http://:secret@files.example.com/x'],
    ['http://files.example.com:22/x'],
    ['http://files.example.com:6379/x'],
    ['http://files.example.com.evil.example/x'],
    ['http://evil.example/files.example.com'],
    ['http://evil.example#@files.example.com/'],
    ['http://evil.example\\@files.example.com/'],
    ['http://files.example.com@evil.example/'],
    ['http://files.example.com./x'],
    ['http://127.0.0.1/x'],
    ['http://[::1]/x'],
  ])('%s', async (address) => {
    const rules = rulesFor(['files.example.com'], { network: onlyTestServer() });
    await expect(fetchText(address, rules)).rejects.toEqual(failure('not_allowed'));
    expect(asked).toEqual([]);
  });

  test('plain http, where only https may be fetched', async () => {
    const rules = rulesFor(['files.example.com'], { allowHttp: false, network: onlyTestServer() });
    await expect(fetchText('http://files.example.com/', rules)).rejects.toEqual(failure('not_allowed'));
  });

  test('any, where no hosts are listed', async () => {
    await expect(fetchText('https://files.example.com/', rulesFor([]))).rejects.toEqual(
      failure('not_allowed'),
    );
  });
});

describe('a host that may be asked', () => {
  const here = (path = '/') => `http://files.example.com:${portOf()}${path}`;
  const rules = (change: Partial<FetchRules> = {}, others: string[] = []): FetchRules =>
    rulesFor([`files.example.com:${portOf()}`, ...others], { network: onlyTestServer(), ...change });
  const redirectTo = (location: string | undefined, status = 302) => {
    answer = (request, response) => {
      if (request.url !== '/') return response.end('arrived');
      return response.writeHead(status, location === undefined ? {} : { location }).end();
    };
  };

  test('gives its file, and is told nothing about us', async () => {
    let headers = {};
    answer = (request, response) => {
      ({ headers } = request);
      response.writeHead(200, { 'content-type': 'image/png' }).end('bytes');
    };
    expect(await fetchText(here('/a?b=c'), rules())).toEqual({
      url: here('/a?b=c'),
      contentType: 'image/png',
      text: 'bytes',
    });
    expect(headers).toEqual({
      host: `files.example.com:${portOf()}`,
      accept: '*/*',
      'accept-encoding': 'identity',
      'user-agent': 'Slipway',
      connection: 'close',
    });
  });

  test('is asked at the address that was checked, whatever its name means by then', async () => {
    const answers = [['127.0.0.1'], ['127.0.0.9'], ['10.0.0.1']];
    let lookups = 0;
    const resolve: FetchNetwork['resolve'] = async () => {
      const addresses = answers[lookups] ?? [];
      lookups += 1;
      return addresses.map((address) => ({ address, family: 4 }));
    };
    const network = { isAllowed: (address: string) => address === '127.0.0.1', resolve };
    expect((await fetchText(here(), rules({ network }))).text).toBe('secret');
    expect(lookups).toBe(1);
  });

  test.each([301, 302, 303, 307, 308])('may lead on by %i, to another place of its own', async (status) => {
    redirectTo('/there', status);
    expect(await fetchText(here(), rules())).toMatchObject({ url: here('/there'), text: 'arrived' });
  });

  test.each([
    ['this machine', 'http://127.0.0.1/', 'not_allowed'],
    ['the metadata of clouds', 'http://169.254.169.254/latest/meta-data/', 'not_allowed'],
    ['another host', 'http://evil.example/', 'not_allowed'],
    ['another host, without a scheme', '//evil.example/', 'not_allowed'],
    ['another port', 'http://files.example.com:22/', 'not_allowed'],
    ['a file', 'file:///etc/passwd', 'not_allowed'],
    ['itself with a password', 'http://a:b@files.example.com/', 'not_allowed'],
    ['nowhere', undefined, 'bad_answer'],
    ['what is no address', 'http://[', 'bad_answer'],
  ] as const)('may not lead on to %s', async (_, location, expected) => {
    redirectTo(location);
    await expect(fetchText(here(), rules())).rejects.toEqual(failure(expected));
    expect(asked).toHaveLength(1);
  });

  test('may not lead on to a listed host that is of this network', async () => {
    redirectTo('http://in.example.com/');
    const network = onlyTestServer({ 'in.example.com': ['10.0.0.1'] });
    await expect(fetchText(here(), rules({ network }, ['in.example.com']))).rejects.toEqual(
      failure('unreachable'),
    );
    expect(asked).toHaveLength(1);
  });

  test('is looked up anew for each step, and may have become one of this network', async () => {
    redirectTo('/there');
    const answers = ['127.0.0.1', '10.0.0.1'];
    const resolve = async () => [{ address: answers.shift() ?? '', family: 4 }];
    const network = { ...onlyTestServer(), resolve };
    await expect(fetchText(here(), rules({ network }))).rejects.toEqual(failure('unreachable'));
    expect(asked).toHaveLength(1);
  });

  test('may lead on five times, not six', async () => {
    const leadOn = (times: number): void => {
      answer = ({ url = '/' }, response) => {
        const step = Number(url.slice(1));
        if (step >= times) response.end('arrived');
        else response.writeHead(302, { location: `/${step + 1}` }).end();
      };
    };
    leadOn(5);
    expect((await fetchText(here('/0'), rules())).text).toBe('arrived');
    leadOn(6);
    await expect(fetchText(here('/0'), rules())).rejects.toEqual(failure('bad_answer'));
  });

  test.each([201, 204, 206, 300, 304, 400, 401, 403, 404])('answers %i: no file', async (status) => {
    answer = (_, response) => response.writeHead(status).end();
    await expect(fetchText(here(), rules())).rejects.toEqual(failure('bad_answer'));
  });

  test.each([429, 500, 503])('answers %i: not now', async (status) => {
    answer = (_, response) => response.writeHead(status).end();
    await expect(fetchText(here(), rules())).rejects.toEqual(failure('unreachable'));
  });

  test('says that its file is too large', async () => {
    answer = (_, response) => response.writeHead(200, { 'content-length': '1001' }).end('x'.repeat(1001));
    await expect(fetchText(here(), rules())).rejects.toEqual(failure('too_large'));
  });

  test('sends more than it says, and more than is allowed', async () => {
    answer = (_, response) => {
      response.write('x'.repeat(1000));
      response.end('x');
    };
    await expect(fetchText(here(), rules())).rejects.toEqual(failure('too_large'));
    answer = (_, response) => response.end('x'.repeat(1000));
    expect((await fetchText(here(), rules())).text).toHaveLength(1000);
  });

  test('sends a small file that would unpack into a large one', async () => {
    answer = (_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(100_000)));
    await expect(fetchText(here(), rules())).rejects.toEqual(failure('bad_answer'));
  });

  test('breaks off', async () => {
    answer = (_, response) => {
      response.writeHead(200, { 'content-length': '10' });
      response.write('12345', () => response.destroy());
    };
    await expect(fetchText(here(), rules())).rejects.toEqual(failure('unreachable'));
  });

  test.each([
    ['at once', () => undefined],
    ['in the middle', (_, response) => response.writeHead(200).write('x')],
  ] as [string, RequestListener][])('falls silent %s', async (_, silent) => {
    answer = silent;
    await expect(fetchText(here(), rules({ idleMs: 100 }))).rejects.toEqual(failure('too_slow'));
  });

  test('is never silent, and never done', async () => {
    answer = (_, response) => {
      const drip = setInterval(() => response.write('x'), 10);
      response.on('close', () => clearInterval(drip));
    };
    await expect(fetchText(here(), rules({ totalMs: 300 }))).rejects.toEqual(failure('too_slow'));
  });

  test('whose name is never found takes no longer than all may', async () => {
    const network = { ...onlyTestServer(), resolve: () => new Promise<never>(() => undefined) };
    await expect(fetchText(here(), rules({ totalMs: 50, network }))).rejects.toEqual(failure('too_slow'));
  });

  test('does not speak TLS', async () => {
    await expect(fetchText(here().replace('http:', 'https:'), rules())).rejects.toEqual(
      failure('unreachable'),
    );
  });

  test('is left when whoever fetches stops', async () => {
    const stop = new AbortController();
    answer = (_, response) => response.write('x', () => stop.abort(new Error('the worker stops')));
    await expect(fetchText(here(), rules(), stop.signal)).rejects.toThrow('the worker stops');
  });
});
