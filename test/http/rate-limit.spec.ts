import { insuredCounter, type InsuredCounter } from '@slipway/platform/limits/insured-counter';
import { postgresCounter } from '@slipway/platform/limits/postgres-counter';
import { startCuttableProxy, throughProxy } from '../support/cuttable-proxy';
import { describeHttp } from '../support/describe-http';
import { type Answer, createHttpWorld, type HttpWorld, type HttpWorldOptions } from '../support/http-world';
import { embeddedStorage } from '../support/object-stores';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const openCounter = (url: string): InsuredCounter =>
  insuredCounter(postgresCounter(url, 'test'), () => undefined);

const figures = ({ status, headers }: Answer) => ({
  status,
  limit: headers['ratelimit-limit'],
  remaining: headers['ratelimit-remaining'],
});

const NOBODYS = '/api/auth/me';

describeHttp(
  'the rate limit',
  (stage) => {
    let counts: TestDatabase;
    let counter: InsuredCounter;
    let http: HttpWorld;

    /** Counts of its own, so that no other test's calls are in them. */
    beforeEach(async () => {
      counts = await createTestDatabase();
      counter = openCounter(counts.url);
    });

    afterEach(async () => {
      await http.close();
      await counter.close();
      await counts.drop();
    });

    const open = async (rateLimitPerMinute: number, options: HttpWorldOptions = {}): Promise<void> => {
      http = await createHttpWorld(stage.world, { rateLimitPerMinute, rateCounter: counter, ...options });
    };
    const ask = async (path: string, token?: string) => figures(await http.call('GET', path, { token }));
    const logIn = (path = '/api/auth/login') =>
      http.call('POST', path, { body: { email: 'a@example.com', password: 'wrong horse' } });

    test('says on every answer what is left, also on bad ones and where nothing is', async () => {
      await open(60);
      const asked = [
        await ask('/api/projects', stage.token),
        await ask(NOBODYS),
        await ask('/api/nothing-here'),
      ];
      expect(asked).toEqual([
        { status: 200, limit: '60', remaining: '59' },
        { status: 401, limit: '60', remaining: '59' },
        { status: 404, limit: '60', remaining: '58' },
      ]);
    });

    test('refuses what is over it with 429, and tells how long to wait', async () => {
      await open(2);
      await ask(NOBODYS);
      await ask(NOBODYS);
      const refused = await http.call('GET', NOBODYS);
      expect(refused).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
      expect(refused.headers).toMatchObject({ 'ratelimit-limit': '2', 'ratelimit-remaining': '0' });
      const wait = Number(refused.headers['retry-after']);
      expect(wait).toBeGreaterThan(0);
      expect(wait).toBeLessThanOrEqual(60);
      expect(Number(refused.headers['ratelimit-reset'])).toBeGreaterThanOrEqual(wait);
    });

    test('is a tenth where a password could be guessed, and apart from the rest', async () => {
      await open(20);
      const statuses = [(await logIn()).status, (await logIn()).status, (await logIn()).status];
      expect(statuses).toEqual([401, 401, 429]);
      expect((await ask(NOBODYS)).status).toBe(401);
    });

    test('is of the caller and not of the address', async () => {
      await open(2);
      const other = await stage.http.signUp();
      await ask('/api/projects', stage.token);
      await ask('/api/projects', stage.token);
      const statuses = [
        await ask('/api/projects', stage.token),
        await ask('/api/projects', other),
        await ask(NOBODYS),
      ].map(({ status }) => status);
      expect(statuses).toEqual([429, 200, 401]);
    });

    test('is what the tier says where it says something, at once', async () => {
      await open(2);
      const setRate = (rate: number | null) =>
        stage.world.deps.db.query(`update tiers set requests_per_minute = $1 where name = 'free'`, [rate]);
      await setRate(5);
      const asFive = await ask('/api/projects', stage.token);
      await setRate(3);
      const asThree = await ask('/api/projects', stage.token);
      await setRate(null);
      expect([asFive, asThree]).toMatchObject([
        { limit: '5', remaining: '4' },
        { limit: '3', remaining: '1' },
      ]);
    });

    test('is six times that for uploads, which leave the rest alone', async () => {
      await open(2);
      const upload = () => http.call('GET', '/api/uploads/AST-01', { token: stage.token });
      const asked: Answer[] = [];
      for (let call = 0; call < 13; call += 1) asked.push(await upload());
      expect(asked.map(({ status }) => status)).toEqual([...Array<number>(12).fill(404), 429]);
      expect(figures(asked[0] as Answer)).toMatchObject({ limit: '12' });
      expect((await ask('/api/projects', stage.token)).status).toBe(200);
    });

    test('does not hold those who watch the server', async () => {
      await open(1);
      const asked = [await ask('/health/live'), await ask('/health/live'), await ask('/health/ready')];
      for (const one of asked) expect(one).toEqual({ status: 200, limit: undefined, remaining: undefined });
    });

    test('has the parts asked once, however many watch at once', async () => {
      let asked = 0;
      const { objects } = stage.world.deps;
      const counted = Object.assign(Object.create(objects) as typeof objects, {
        check: () => {
          asked += 1;
          return objects.check();
        },
      });
      http = await createHttpWorld({ ...stage.world, deps: { ...stage.world.deps, objects: counted } });
      const answers = await Promise.all(Array.from({ length: 20 }, () => ask('/health/ready')));
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
      expect(asked).toBeLessThan(answers.length);
      expect((await ask('/health/ready')).status).toBe(200);
    });

    test('holds for another spelling of the same route', async () => {
      await open(10);
      const login = () => logIn('/%61pi/auth/login');
      expect([(await login()).status, (await login()).status]).toEqual([401, 429]);
    });

    test('holds for all who count in the same place', async () => {
      await open(2);
      const elsewhere = openCounter(counts.url);
      const other = await createHttpWorld(stage.world, { rateLimitPerMinute: 2, rateCounter: elsewhere });
      await ask(NOBODYS);
      expect(figures(await other.call('GET', NOBODYS)).remaining).toBe('0');
      expect((await ask(NOBODYS)).status).toBe(429);
      await other.close();
      await elsewhere.close();
    });

    test('where nothing can be counted, goes on in memory, and lets nobody guess', async () => {
      const { hostname, port } = new URL(counts.url);
      const proxy = await startCuttableProxy({ host: hostname, port: Number(port) });
      const away = openCounter(throughProxy(counts.url, proxy));
      await open(2, { rateCounter: away });
      proxy.cut();
      const statuses = [await ask(NOBODYS), await ask(NOBODYS), await ask(NOBODYS)].map(
        ({ status }) => status,
      );
      const guess = await logIn();
      await away.close();
      await proxy.close();
      expect(statuses).toEqual([401, 401, 429]);
      expect(guess).toMatchObject({ status: 503, body: { code: 'database_unavailable' } });
      expect(Number(guess.headers['retry-after'])).toBeGreaterThan(0);
    });

    describe('of a caller without an account', () => {
      const left = async (remoteAddress: string, forwarded?: string) => {
        const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
        const answer = await http.app.inject({ url: NOBODYS, remoteAddress, headers });
        return Number(answer.headers['ratelimit-remaining']);
      };

      test('is one budget in its IPv6 /64', async () => {
        await open(60);
        const asked = [
          await left('2001:db8:1:2::1'),
          await left('2001:db8:1:2:ffff::7'),
          await left('2001:db8:1:3::1'),
        ];
        expect(asked).toEqual([59, 58, 59]);
      });

      test('is of whom a trusted proxy names', async () => {
        await open(60, { trustedProxies: ['10.0.0.0/8'] });
        const asked = [
          await left('10.0.0.1', '192.0.2.1'),
          await left('10.0.0.2', '192.0.2.1'),
          await left('10.0.0.1', '192.0.2.2'),
          await left('203.0.113.1', '192.0.2.1'),
          await left('203.0.113.1', '192.0.2.2'),
        ];
        expect(asked).toEqual([59, 58, 59, 59, 58]);
      });

      test('is of nobody a caller names, where no proxy is trusted', async () => {
        await open(60);
        expect([await left('10.0.0.1', '192.0.2.1'), await left('10.0.0.1', '192.0.2.2')]).toEqual([59, 58]);
      });
    });
  },
  [embeddedStorage],
);
