import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { CountUnavailableError, insuredCounter } from '@slipway/platform/limits/insured-counter';
import { postgresCounter } from '@slipway/platform/limits/postgres-counter';
import type { RateCounter, Spending } from '@slipway/platform/limits/rate-counter';
import { redisCounter } from '@slipway/platform/limits/redis-counter';
import { type CuttableProxy, startCuttableProxy, throughProxy } from '../../support/cuttable-proxy';
import { missingRedis, startRedis } from '../../support/redis';
import { createTestDatabase } from '../../support/test-database';

interface Store {
  name: string;
  missing: string | null;
  start(): Promise<{ url: string; stop(): Promise<void> }>;
  open(url: string): RateCounter;
}

const STORES: Store[] = [
  {
    name: 'PostgreSQL',
    missing: null,
    async start() {
      const database = await createTestDatabase();
      return { url: database.url, stop: () => database.drop() };
    },
    open: (url) => postgresCounter(url, 'test'),
  },
  {
    name: 'Redis',
    missing: missingRedis(),
    start: startRedis,
    open: redisCounter,
  },
];

const take = async (counter: RateCounter, key: string, calls: number): Promise<Spending> =>
  counter.take({ key, calls });

/** A counter that has its connection: Redis takes one in the background. */
async function opened(store: Store, url: string): Promise<RateCounter> {
  const counter = store.open(url);
  for (;;) {
    const isOpen = await take(counter, randomUUID(), 1).then(
      () => true,
      () => false,
    );
    if (isOpen) return counter;
    await sleep(20);
  }
}

for (const store of STORES) {
  const describeStore = store.missing === null ? describe : describe.skip;

  describeStore(`Counts in ${store.name}${store.missing === null ? '' : ` (${store.missing})`}`, () => {
    let running: Awaited<ReturnType<Store['start']>>;
    let proxy: CuttableProxy;
    let counters: RateCounter[];

    beforeAll(async () => {
      running = await store.start();
      const { hostname, port } = new URL(running.url);
      proxy = await startCuttableProxy({ host: hostname, port: Number(port) });
    });

    beforeEach(async () => {
      proxy.mend();
      counters = await Promise.all(
        [running.url, throughProxy(running.url, proxy)].map((url) => opened(store, url)),
      );
    });

    afterEach(async () => {
      await Promise.all(counters.map((counter) => counter.close()));
    });

    afterAll(async () => {
      await proxy?.close();
      await running?.stop();
    });

    test('are exact among counters that count at once', async () => {
      const key = randomUUID();
      const calls = Array.from({ length: 400 }, (_, n) => take(counters[n % 2] as RateCounter, key, 100));
      const spent = await Promise.all(calls);
      expect(spent.filter(({ isRefused }) => !isRefused)).toHaveLength(100);
    });

    test('say what is left, and for how long', async () => {
      const key = randomUUID();
      const [first, second, third] = [
        await take(counters[0] as RateCounter, key, 2),
        await take(counters[1] as RateCounter, key, 2),
        await take(counters[0] as RateCounter, key, 2),
      ];
      expect([first, second, third]).toMatchObject([
        { isRefused: false, remaining: 1 },
        { isRefused: false, remaining: 0 },
        { isRefused: true, remaining: 0 },
      ]);
      for (const { resetMs } of [first, second, third]) {
        expect(resetMs).toBeGreaterThan(0);
        expect(resetMs).toBeLessThanOrEqual(60_000);
      }
    });

    test('hold another limit for the same caller at once', async () => {
      const key = randomUUID();
      const [counter] = counters as [RateCounter];
      await take(counter, key, 1);
      expect((await take(counter, key, 1)).isRefused).toBe(true);
      expect(await take(counter, key, 10)).toMatchObject({ isRefused: false });
    });

    test('keep callers apart', async () => {
      const [counter] = counters as [RateCounter];
      const keys = [randomUUID(), "'; drop table rate_limits; --", 'x'.repeat(200)];
      const spent = await Promise.all(keys.map((key) => take(counter, key, 5)));
      expect(spent.map(({ remaining }) => remaining)).toEqual([4, 4, 4]);
    });

    test('go on in memory while the store is away, and fail where they may not', async () => {
      const outages: unknown[] = [];
      const counter = insuredCounter(counters[1] as RateCounter, (error) => outages.push(error));
      const key = randomUUID();
      const insured = () => counter.take({ key, calls: 2, isInsured: true });
      expect((await insured()).remaining).toBe(1);
      proxy.cut();
      expect([(await insured()).remaining, (await insured()).remaining, (await insured()).isRefused]).toEqual(
        [1, 0, true],
      );
      await expect(counter.take({ key: 'guess', calls: 2, isInsured: false })).rejects.toThrow(
        CountUnavailableError,
      );
      expect(outages).toHaveLength(1);
      proxy.mend();
      const other = randomUUID();
      for (;;) {
        const spending = await counter
          .take({ key: other, calls: 100_000, isInsured: false })
          .catch(() => null);
        if (spending !== null) break;
        await sleep(20);
      }
      // Once it is back, what was counted there before still holds.
      expect((await insured()).remaining).toBe(0);
    });
  });
}

test('Counts whose minute is over are swept from PostgreSQL, and no others', async () => {
  const database = await createTestDatabase();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const hourMs = 3_600_000;
  await client.query(`insert into rate_limits values ('past', 1, $1), ('to come', 1, $2)`, [
    Date.now() - 1,
    Date.now() + hourMs,
  ]);
  const counter = postgresCounter(database.url, 'test');
  const keys = async () =>
    (await client.query<{ key: string }>('select key from rate_limits')).rows.map(({ key }) => key);
  while ((await keys()).length === 2) await sleep(20);
  expect(await keys()).toEqual(['to come']);
  await counter.close();
  await client.end();
  await database.drop();
});
