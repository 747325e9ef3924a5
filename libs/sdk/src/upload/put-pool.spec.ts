import { rejectionOf } from '../testing/rejection-of.js';
import { PutPool } from './put-pool.js';

const never = new AbortController().signal;
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** PUTs that last until they are ended by hand. */
function putsIn(pool: PutPool) {
  const started: string[] = [];
  const ends = new Map<string, () => void>();
  const put = (name: string, signal = never) =>
    pool.run(signal, () => {
      started.push(name);
      return new Promise<void>((resolve) => ends.set(name, resolve));
    });
  const end = async (name: string) => {
    ends.get(name)?.();
    await settle();
  };
  return { started, put, end };
}

test('no more run at once than fit, and the others follow in the order in which they came', async () => {
  const { started, put, end } = putsIn(new PutPool(2));
  const all = ['a', 'b', 'c', 'd'].map((name) => put(name));
  expect(started).toEqual(['a', 'b']);
  await end('b');
  expect(started).toEqual(['a', 'b', 'c']);
  await end('a');
  await end('c');
  await end('d');
  await Promise.all(all);
});

test('a PUT that fails makes room as well', async () => {
  const pool = new PutPool(1);
  const failed = pool.run(never, () => Promise.reject(new Error('cut')));
  expect(await rejectionOf(failed)).toMatchObject({ message: 'cut' });
  expect(await pool.run(never, () => Promise.resolve('next'))).toBe('next');
});

test('who gives up waiting leaves the queue and keeps no place', async () => {
  const { started, put, end } = putsIn(new PutPool(1));
  const first = put('a');
  const controller = new AbortController();
  const gone = rejectionOf(put('b', controller.signal));
  const last = put('c');
  controller.abort();
  expect(await gone).toMatchObject({ code: 'aborted' });
  await end('a');
  expect(started).toEqual(['a', 'c']);
  await end('c');
  await Promise.all([first, last]);
});

test('who gives up in the moment of being let in passes the place on', async () => {
  const { started, put, end } = putsIn(new PutPool(1));
  const first = put('a');
  const controller = new AbortController();
  const gone = rejectionOf(put('b', controller.signal));
  const last = put('c');
  const ended = end('a');
  controller.abort();
  await ended;
  await gone;
  await end('b');
  await settle();
  expect(started.at(-1)).toBe('c');
  await end('c');
  await Promise.all([first, last]);
});

test('it shrinks by one, never below one, and grows back after twenty good answers', async () => {
  const pool = new PutPool(2);
  for (let times = 0; times < 5; times += 1) pool.shrink();
  const { started, put, end } = putsIn(pool);
  const all = ['a', 'b', 'c'].map((name) => put(name));
  expect(started).toEqual(['a']);
  for (let times = 0; times < 20; times += 1) pool.confirm();
  await settle();
  expect(started).toEqual(['a', 'b']);
  for (let times = 0; times < 20; times += 1) pool.confirm();
  await settle();
  expect(started).toEqual(['a', 'b']);
  for (const name of ['a', 'b', 'c']) await end(name);
  await Promise.all(all);
});
