import { setTimeout as wait } from 'node:timers/promises';
import { createClient } from '../client/create-client.js';
import type { SlipwayError } from '../errors/slipway-error.js';
import { answer, cut, cutAfterBody } from '../testing/faults.js';
import { rejectionOf } from '../testing/rejection-of.js';
import { until } from '../testing/until.js';
import { withBackend } from '../testing/with-backend.js';
import type { MarkStorage } from './session-mark.js';
import { sessionTokens, type SessionTokens } from './session-tokens.js';

const backend = withBackend();
const refreshes = () => backend().count('POST /api/auth/refresh');
const refused = (code: string) => answer(401, { body: JSON.stringify({ status: 401, code }) });

const open: SessionTokens[] = [];
afterEach(() => {
  for (const tokens of open.splice(0)) tokens.close();
  jest.useRealTimers();
});

function shelf(mark: 'in' | 'leaving' | null = null): MarkStorage {
  const kept = new Map<string, string>(mark ? [['slipway.session', mark]] : []);
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

function newTab({ storage = shelf() }: { storage?: MarkStorage } = {}) {
  const ends: (SlipwayError | null)[] = [];
  const tokens = sessionTokens({
    baseUrl: backend().baseUrl,
    storage,
    onEnd: (reason) => ends.push(reason),
  });
  open.push(tokens);
  return { tokens, ends, token: async (refresh = false) => tokens.getToken({ refresh }) };
}

/** A page that is open, and whose token is worth renewing. */
function signedInTab(storage = shelf()) {
  const tab = newTab({ storage });
  backend().sessions.tokenLifeSeconds = 0;
  tab.tokens.adopt(backend().sessions.signIn());
  backend().sessions.tokenLifeSeconds = 900;
  return tab;
}

describe('a page that begins', () => {
  test('asks nothing where nobody was signed in', async () => {
    const { tokens, token, ends } = newTab();
    expect(await tokens.start()).toBeNull();
    expect(await token()).toBeNull();
    expect(tokens.snapshot()).toEqual({ status: 'signed-out', user: null, expired: false });
    expect([refreshes(), ends]).toEqual([0, []]);
  });

  test('is signed in again by the cookie, and its first calls wait for that', async () => {
    const storage = shelf('in');
    backend().sessions.signIn();
    const { tokens, token } = newTab({ storage });
    expect(tokens.snapshot().status).toBe('unknown');
    const tokensGiven = await Promise.all([token(), token(), token()]);
    expect(tokensGiven).toEqual(['token-2', 'token-2', 'token-2']);
    expect(tokens.snapshot()).toMatchObject({ status: 'signed-in', user: { name: 'Ada' } });
    expect(refreshes()).toBe(1);
  });

  test('says that the session has ended where the cookie is of no use any more', async () => {
    const { tokens, ends } = newTab({ storage: shelf('in') });
    expect(await tokens.start()).toBeNull();
    expect(tokens.snapshot()).toEqual({ status: 'signed-out', user: null, expired: true });
    expect(ends).toMatchObject([{ code: 'unauthenticated' }]);
  });

  test('without a connection knows nothing, and may ask again', async () => {
    backend().sessions.signIn();
    const { tokens } = newTab({ storage: shelf('in') });
    backend().fail('POST /api/auth/refresh', cut);
    expect(await rejectionOf(tokens.start())).toMatchObject({ code: 'network' });
    expect(tokens.snapshot().status).toBe('unknown');
    expect(await tokens.start()).toMatchObject({ id: 'USR-1' });
  });

  test('takes what an older version kept for nothing', async () => {
    const storage = shelf();
    storage.setItem('slipway.session', '{"token":"t"}');
    expect(await newTab({ storage }).tokens.start()).toBeNull();
    expect(storage.getItem('slipway.session')).toBeNull();
  });
});

describe('a token', () => {
  test('is renewed before it ends, once for callers that come together', async () => {
    const { token } = signedInTab();
    expect(await Promise.all([token(), token(), token()])).toEqual(['token-2', 'token-2', 'token-2']);
    expect(await token()).toBe('token-2');
    expect(refreshes()).toBe(1);
  });

  test('that still lives is given when the renewal finds no server', async () => {
    const { tokens, token } = newTab();
    backend().sessions.tokenLifeSeconds = 20;
    tokens.adopt(backend().sessions.signIn());
    backend().fail('POST /api/auth/refresh', cut);
    expect(await token()).toBe('token-1');
    expect(refreshes()).toBe(1);
  });

  test('that was spent without an answer is not spent again in the same call', async () => {
    const { token, ends } = signedInTab();
    backend().fail('POST /api/auth/refresh', cutAfterBody);
    expect(await rejectionOf(token())).toMatchObject({ code: 'network' });
    expect([refreshes(), ends]).toEqual([1, []]);
  });

  test('that the API refuses is replaced, and the client goes on', async () => {
    const { tokens } = newTab();
    tokens.adopt(backend().sessions.signIn());
    backend().token = 'token-2';
    const client = createClient({ baseUrl: backend().baseUrl, getToken: tokens.getToken });
    await Promise.all([client.projects.list(), client.projects.list()]);
    expect(refreshes()).toBe(1);
  });

  test('that came of a reused one ends the session, and that is said once', async () => {
    const { tokens, token, ends } = signedInTab();
    backend().fail('POST /api/auth/refresh', refused('refresh_reused'));
    expect(await Promise.all([token(), token(true)])).toEqual([null, null]);
    expect(await token()).toBeNull();
    expect(ends).toMatchObject([{ code: 'refresh_reused' }]);
    expect(tokens.snapshot()).toEqual({ status: 'signed-out', user: null, expired: true });
    expect(refreshes()).toBe(1);
  });

  test('of a sign-in that came meanwhile outlives the refusal of the one before', async () => {
    const { tokens, token, ends } = signedInTab();
    backend().fail('POST /api/auth/refresh', async (request, response) => {
      tokens.adopt(backend().sessions.signIn());
      await refused('unauthenticated')(request, response);
    });
    expect(await token()).toBe('token-2');
    expect(ends).toEqual([]);
  });
});

describe('whoever signs out', () => {
  test('is gone at once, here and on the server, and it is no mishap', async () => {
    const { tokens, token, ends } = signedInTab();
    const leaving = tokens.end();
    expect(tokens.snapshot()).toEqual({ status: 'signed-out', user: null, expired: false });
    await leaving;
    expect([await token(), backend().sessions.cookie, ends]).toEqual([null, null, [null]]);
  });

  test('without a connection stays out, and the next page gives the cookie back', async () => {
    const storage = shelf();
    const { tokens } = signedInTab(storage);
    backend().fail('POST /api/auth/logout', cut);
    await tokens.end();
    expect(backend().sessions.cookie).not.toBeNull();
    expect(await newTab({ storage }).tokens.start()).toBeNull();
    expect(backend().sessions.cookie).toBeNull();
    expect(refreshes()).toBe(0);
  });

  test('is not brought back by a renewal that was under way', async () => {
    const { tokens, token } = signedInTab();
    let left = Promise.resolve();
    backend().fail('POST /api/auth/refresh', async (request, response) => {
      left = tokens.end();
      await answer(200, { body: JSON.stringify(backend().sessions.signIn()) })(request, response);
    });
    expect(await token()).toBeNull();
    await left;
    expect(backend().sessions.cookie).toBeNull();
  });

  test('and signs in again before the server was told keeps the new session', async () => {
    const { tokens, token } = signedInTab();
    const leaving = tokens.end();
    tokens.adopt(backend().sessions.signIn());
    await leaving;
    expect(await token()).toBe('token-2');
    expect(backend().count('POST /api/auth/logout')).toBe(0);
  });
});

/** Node has the channels of a browser and none of its locks; these are exclusive and come in turn. */
function lendLocks(): void {
  const tails = new Map<string, Promise<unknown>>();
  async function request(name: string, ...rest: unknown[]): Promise<unknown> {
    const work = rest.at(-1) as (lock: object | null) => Promise<unknown>;
    const before = tails.get(name);
    if (before && (rest[0] as LockOptions).ifAvailable) return work(null);
    const turn = (before ?? Promise.resolve()).then(() => work({ name }));
    const ended = Promise.allSettled([turn]);
    tails.set(name, ended);
    try {
      return await turn;
    } finally {
      if (tails.get(name) === ended) tails.delete(name);
    }
  }
  Object.defineProperty(globalThis, 'navigator', { configurable: true, value: { locks: { request } } });
  Object.defineProperty(globalThis, 'document', { configurable: true, value: {} });
}

describe('the tabs of a browser', () => {
  beforeEach(lendLocks);
  afterEach(() => {
    Reflect.deleteProperty(globalThis, 'navigator');
    Reflect.deleteProperty(globalThis, 'document');
  });

  /** Tabs that share a mark and a session whose token is over. */
  async function threeTabs() {
    const storage = shelf('in');
    const tabs = [newTab({ storage }), newTab({ storage }), newTab({ storage })] as const;
    backend().sessions.tokenLifeSeconds = 0;
    tabs[0].tokens.adopt(backend().sessions.signIn());
    backend().sessions.tokenLifeSeconds = 900;
    await until(() => tabs.every(({ tokens }) => tokens.snapshot().status === 'signed-in'));
    return tabs;
  }

  test('spend one refresh token for all of them', async () => {
    const tabs = await threeTabs();
    expect(await Promise.all(tabs.map(({ token }) => token()))).toEqual(['token-2', 'token-2', 'token-2']);
    expect(backend().sessions.spent).toEqual([1]);
  });

  test('never spend the same one twice, also where a renewal fails', async () => {
    const tabs = await threeTabs();
    backend().fail('POST /api/auth/refresh', cut);
    const given = await Promise.allSettled(tabs.map(({ token }) => token()));
    expect(given.map(({ status }) => status).sort()).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(backend().sessions.spent).toEqual([1]);
  });

  test('leave together, and each says it once', async () => {
    const tabs = await threeTabs();
    await tabs[1].tokens.end();
    await until(() => tabs.every(({ tokens }) => tokens.snapshot().status === 'signed-out'));
    await wait(20);
    expect(tabs.map(({ ends }) => ends)).toEqual([[null], [null], [null]]);
  });

  test('that hear late of a sign-in do not undo the sign-out that followed', async () => {
    const storage = shelf();
    const [acting, hearing] = [newTab({ storage }), newTab({ storage })];
    backend().fail('POST /api/auth/logout', cut);
    acting.tokens.adopt(backend().sessions.signIn());
    await acting.tokens.end();
    await until(() => hearing.ends.length === 1);
    expect(storage.getItem('slipway.session')).toBe('leaving');
  });

  test('end together when the session has ended', async () => {
    const tabs = await threeTabs();
    backend().fail('POST /api/auth/refresh', refused('refresh_reused'));
    await tabs[0].token();
    await until(() => tabs.every(({ tokens }) => tokens.snapshot().expired));
    expect(await tabs[2].token()).toBeNull();
    expect(refreshes()).toBe(1);
  });

  test('show the same name after a change of it', async () => {
    const [first, second] = await threeTabs();
    const { user } = first.tokens.snapshot();
    first.tokens.update({ ...user!, name: 'Countess Lovelace' });
    await until(() => second.tokens.snapshot().user?.name === 'Countess Lovelace');
    expect(second.tokens.snapshot().status).toBe('signed-in');
  });
});
