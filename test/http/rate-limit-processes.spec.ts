import { environmentOf, startApiProcess } from '../support/api-process';
import { embeddedStorage, type RunningStorage } from '../support/object-stores';
import { missingRedis, startRedis } from '../support/redis';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

const PROCESSES = 4;
const CALLS = 400;
const LIMIT = 100;

let storage: RunningStorage;
let database: TestDatabase;

beforeAll(async () => {
  storage = await embeddedStorage.start();
});

afterAll(() => storage.stop());

beforeEach(async () => {
  database = await createTestDatabase();
});

afterEach(() => database.drop());

async function signUp(url: string): Promise<string> {
  const response = await fetch(`${url}/api/auth/signup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'busy@example.com', password: 'correct horse', name: 'Busy' }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}

/** Simultaneous calls of one user, spread over processes of the API; gives the status of each. */
async function callAllAtOnce(change: NodeJS.ProcessEnv): Promise<number[]> {
  const environment = {
    ...environmentOf(database.url, storage),
    // One server to its people: tokens are issued in its name.
    PUBLIC_URL: 'http://localhost:3000',
    RATE_LIMIT_PER_MINUTE: String(LIMIT),
    ...change,
  };
  const apis = await Promise.all(Array.from({ length: PROCESSES }, () => startApiProcess(environment)));
  const urls = apis.map(({ url }) => url);
  const authorization = `Bearer ${await signUp(urls[0] as string)}`;
  const call = async (_: unknown, index: number): Promise<number> => {
    const response = await fetch(`${urls[index % PROCESSES]}/api/auth/me`, { headers: { authorization } });
    await response.arrayBuffer();
    return response.status;
  };
  const statuses = await Promise.all(Array.from({ length: CALLS }, call));
  await Promise.all(apis.map(({ process }) => process.stop()));
  return statuses;
}

const count = (statuses: number[], wanted: number): number =>
  statuses.filter((status) => status === wanted).length;

const STORES = [
  { name: 'PostgreSQL', missing: null, start: async () => ({ settings: {}, stop: async () => undefined }) },
  {
    name: 'Redis',
    missing: missingRedis(),
    async start() {
      const redis = await startRedis();
      return { settings: { REDIS_URL: redis.url }, stop: () => redis.stop() };
    },
  },
];

for (const choice of STORES) {
  const { name, missing } = choice;
  const describeStore = missing === null ? describe : describe.skip;

  describeStore(`Where ${name} counts${missing === null ? '' : ` (${missing})`}`, () => {
    test('of 400 calls at once over four processes, exactly the 100 of the limit are let through', async () => {
      const store = await choice.start();
      const statuses = await callAllAtOnce(store.settings);
      await store.stop();
      expect([count(statuses, 200), count(statuses, 429)]).toEqual([LIMIT, CALLS - LIMIT]);
    });
  });
}
