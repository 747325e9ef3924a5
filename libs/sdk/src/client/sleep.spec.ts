import { sleep } from './sleep.js';

const HOUR = 3_600_000;

/** Node has neither window events nor a navigator that knows whether it is online. */
function pretendBrowser(onLine: boolean): EventTarget {
  const target = new EventTarget();
  Object.assign(globalThis, {
    addEventListener: target.addEventListener.bind(target),
    removeEventListener: target.removeEventListener.bind(target),
  });
  Object.defineProperty(globalThis, 'navigator', { configurable: true, value: { onLine } });
  return target;
}

afterEach(() => {
  for (const name of ['addEventListener', 'removeEventListener', 'navigator'])
    Reflect.deleteProperty(globalThis, name);
  jest.useRealTimers();
});

test('a wait ends when the network comes back', async () => {
  const browser = pretendBrowser(true);
  const waiting = sleep(HOUR);
  browser.dispatchEvent(new Event('online'));
  await expect(waiting).resolves.toBeUndefined();
});

test('a browser that says it is offline is not believed for longer than ten seconds', async () => {
  pretendBrowser(false);
  jest.useFakeTimers();
  let over = false;
  const waiting = sleep(1).then(() => (over = true));
  await jest.advanceTimersByTimeAsync(9_000);
  expect(over).toBe(false);
  await jest.advanceTimersByTimeAsync(1_000);
  await expect(waiting).resolves.toBe(true);
});

test('a wait ends with its signal', async () => {
  const controller = new AbortController();
  const waiting = sleep(HOUR, controller.signal);
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'aborted' });
});
