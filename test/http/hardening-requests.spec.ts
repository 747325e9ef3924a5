import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeHttp } from '../support/describe-http';
import { createHttpWorld, type HttpWorld } from '../support/http-world';
import { embeddedStorage } from '../support/object-stores';

interface RawAnswer {
  status: number;
  contentType: string;
  body: Record<string, unknown>;
}

function parse(answer: string): RawAnswer {
  const [head = '', body = ''] = answer.split('\r\n\r\n', 2);
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]),
    contentType: /^content-type: ([^;\r]*)/im.exec(head)?.[1] ?? '',
    body: JSON.parse(body) as RawAnswer['body'],
  };
}

/** Nests as deeply as the limit of a body lets it. */
const BOMB_LEVELS = 120_000;

describeHttp(
  'the server',
  (stage) => {
    let http: HttpWorld;
    let server: Server;
    let sockets: Socket[];

    beforeAll(async () => {
      const limits = { headersMs: 300, requestMs: 600, checkMs: 50, connections: 5 };
      http = await createHttpWorld(stage.world, { limits });
      await http.app.listen(0, '127.0.0.1');
      server = http.app.getHttpServer();
    });

    beforeEach(() => void (sockets = []));

    afterEach(async () => {
      for (const socket of sockets) socket.destroy();
      // The place of a connection is free when the server has seen it end.
      const count = (): Promise<number> =>
        new Promise((resolve) => server.getConnections((_error, open) => resolve(open)));
      while ((await count()) > 0) await sleep(10);
    });

    afterAll(() => http.close());

    const open = async (): Promise<Socket> => {
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
      socket.on('error', () => undefined);
      sockets.push(socket);
      await once(socket, 'connect');
      return socket;
    };

    /** Sends what is given and gives all that comes until the server ends the connection. */
    const send = async (request: string): Promise<RawAnswer> => {
      const socket = await open();
      socket.write(request);
      return parse(await text(socket));
    };

    const problem = (status: number) => ({
      status,
      contentType: 'application/problem+json',
      body: { code: 'invalid_request', status, request_id: expect.any(String) as string },
    });

    const head = (...lines: string[]): string =>
      [...lines, 'host: localhost', 'connection: close', '', ''].join('\r\n');

    test('refuses headers that are too long', async () => {
      expect(
        await send(head('GET /api/health/live HTTP/1.1', `x-long: ${'x'.repeat(20_000)}`)),
      ).toMatchObject(problem(431));
    });

    test.each([
      ['something else than HTTP', 'EHLO localhost\r\n\r\n'],
      ['a header with a line break in it', 'GET / HTTP/1.1\r\nhost: localhost\r\nx: a\nb\r\n\r\n'],
      [
        'two lengths of one body, as request smugglers send',
        'POST /api/auth/login HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n{}',
      ],
    ])('refuses %s', async (_what, request) => {
      expect(await send(request)).toMatchObject(problem(400));
    });

    test('refuses an address that is too long', async () => {
      expect(await send(head(`GET /api/projects?x=${'x'.repeat(9_000)} HTTP/1.1`))).toMatchObject(
        problem(414),
      );
      expect(await send(head(`GET /api/projects/${'x'.repeat(9_000)} HTTP/1.1`))).toMatchObject(problem(414));
    });

    test('refuses an address that is not encoded as one', async () => {
      expect(await send(head('GET /api/projects/%E0%A4%A HTTP/1.1'))).toMatchObject(problem(400));
    });

    test('takes an old address as a reference, in one piece of the path', async () => {
      const long = encodeURIComponent(`https://old.example.com/${'photos/'.repeat(100)}1.jpg`);
      const answer = await http.call('GET', `/api/projects/${long}`, { token: stage.token });
      expect(answer.status).toBe(404);
    });

    test('ends a connection that says nothing', async () => {
      expect(parse(await text(await open()))).toMatchObject(problem(408));
    });

    test('ends a connection whose headers do not come to an end', async () => {
      const socket = await open();
      const dripping = setInterval(() => socket.write('x-a: b\r\n'), 50);
      socket.write('GET /api/health/live HTTP/1.1\r\nhost: localhost\r\n');
      expect(parse(await text(socket))).toMatchObject(problem(408));
      clearInterval(dripping);
    });

    test('ends a connection whose body does not come to an end', async () => {
      const socket = await open();
      const start = ['POST /api/auth/login HTTP/1.1', 'host: localhost', 'content-type: application/json'];
      socket.write([...start, 'content-length: 100000', '', '{"email":"'].join('\r\n'));
      const dripping = setInterval(() => socket.write('x'), 50);
      expect(parse(await text(socket))).toMatchObject(problem(408));
      clearInterval(dripping);
    });

    test('holds no more connections than it was told to', async () => {
      const held = await Promise.all(Array.from({ length: 5 }, open));
      const refused = await open();
      expect(await text(refused)).toBe('');
      expect(held.filter((socket) => !socket.destroyed)).toHaveLength(5);
    });

    const post = (body: string, type = 'application/json') =>
      http.call('POST', '/api/projects', { token: stage.token, body, headers: { 'content-type': type } });

    test.each([
      ['arrays', '['.repeat(BOMB_LEVELS)],
      ['arrays that are closed', '['.repeat(BOMB_LEVELS) + ']'.repeat(BOMB_LEVELS)],
      ['objects', '{"a":'.repeat(BOMB_LEVELS / 3)],
      ['a name with arrays in it', `{"name":${'['.repeat(33)}${']'.repeat(33)}}`],
    ])('refuses a bomb of %s', async (_what, body) => {
      expect(await post(body)).toMatchObject({
        status: 400,
        body: { code: 'invalid_request', detail: 'The JSON nests deeper than 32 levels.' },
      });
    });

    test.each([
      ['a prototype', '{"name":"x","__proto__":{"role":"admin"}}'],
      ['a prototype, escaped', '{"name":"x","\\u005f_proto__":{"role":"admin"}}'],
      ['a prototype further in', '{"name":{"a":[{"__proto__":null}]}}'],
      ['the prototype of a constructor', '{"name":"x","constructor":{"prototype":{"role":"admin"}}}'],
      ['nothing', ''],
      ['half of it', '{"name":'],
    ])('refuses a body with %s', async (_what, body) => {
      expect(await post(body)).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
      expect(({} as { role?: string }).role).toBeUndefined();
    });

    test('refuses a body that is too long, announced or not', async () => {
      const long = JSON.stringify({ name: 'x'.repeat(300_000) });
      expect(await post(long)).toMatchObject({ status: 413, body: { code: 'invalid_request' } });
      const chunk = `${(300_000).toString(16)}\r\n${'x'.repeat(300_000)}\r\n0\r\n\r\n`;
      const lines = [
        'POST /api/auth/login HTTP/1.1',
        'content-type: application/json',
        'transfer-encoding: chunked',
      ];
      expect(await send(head(...lines) + chunk)).toMatchObject(problem(413));
    });

    // What a page of another origin may send without being asked.
    test.each(['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain'])(
      'refuses %s',
      async (type) => {
        expect(await post('name=x', type)).toMatchObject({ status: 415, body: { code: 'invalid_request' } });
      },
    );

    test('takes JSON as other clients name it', async () => {
      expect((await post('{"name":"x"}', 'application/json; charset=utf-8')).status).toBe(201);
    });
  },
  [embeddedStorage],
);
