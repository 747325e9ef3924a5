import { rejectionOf } from '../../testing/rejection-of.js';
import { holdLock } from './upload-lock.js';

const never = new AbortController().signal;

/** Web Locks as far as the SDK asks for them: exclusive, with `ifAvailable` and `signal`. */
function fakeLocks() {
  const queues = new Map<string, Promise<void>>();
  const request = async (
    name: string,
    { ifAvailable, signal }: LockOptions,
    work: (lock: object | null) => Promise<void>,
  ) => {
    const holder = queues.get(name);
    if (holder && ifAvailable) return work(null);
    const ended = (async () => {
      await holder;
      if (!signal?.aborted) await work({ name });
    })();
    queues.set(name, ended);
    await ended;
    if (queues.get(name) === ended) queues.delete(name);
  };
  return { request };
}

describe.each(['with Web Locks', 'without them'])('%s', (kind) => {
  beforeEach(() => {
    const value = kind === 'with Web Locks' ? { locks: fakeLocks() } : {};
    Object.defineProperty(globalThis, 'navigator', { configurable: true, value });
  });
  afterEach(() => {
    Reflect.deleteProperty(globalThis, 'navigator');
  });

  test('the first has it at once, the second is told to wait and gets it next', async () => {
    const onWait = jest.fn();
    const release = await holdLock('a', never, onWait);
    expect(onWait).not.toHaveBeenCalled();
    let second = false;
    const waiting = holdLock('a', never, onWait).then((free) => {
      second = true;
      return free;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect([second, onWait.mock.calls.length]).toEqual([false, 1]);
    release();
    (await waiting)();
    (await holdLock('a', never, onWait))();
  });

  test('names do not stand in each other’s way', async () => {
    const [one, two] = await Promise.all([holdLock('b', never, jest.fn()), holdLock('c', never, jest.fn())]);
    expect([typeof one, typeof two]).toEqual(['function', 'function']);
    one();
    two();
  });

  test('who stops waiting leaves the lock to the next', async () => {
    const release = await holdLock('d', never, jest.fn());
    const controller = new AbortController();
    const gone = rejectionOf(holdLock('d', controller.signal, jest.fn()));
    await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    expect(await gone).toMatchObject({ code: 'aborted' });
    release();
    const next = await holdLock('d', never, jest.fn());
    expect(typeof next).toBe('function');
    next();
  });
});
