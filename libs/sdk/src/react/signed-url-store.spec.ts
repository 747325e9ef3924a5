import { clientFor } from '../testing/client-for.js';
import { answer, neverAnswer } from '../testing/faults.js';
import { until } from '../testing/until.js';
import { withBackend } from '../testing/with-backend.js';
import { SignedUrlStore } from './signed-url-store.js';

const backend = withBackend();
const asked = () => backend().count('POST /api/assets/AST-1/access-url');

function storeOf(ref = 'AST-1') {
  const store = new SignedUrlStore(clientFor(backend()).signedUrls, { ref });
  return { store, url: () => store.snapshot().url };
}

test('nothing is asked for before somebody looks, and two who look share the answer', async () => {
  const { store, url } = storeOf();
  expect(asked()).toBe(0);
  const leave = [store.subscribe(() => {}), store.subscribe(() => {})];
  await until(() => url() !== null);
  expect(asked()).toBe(1);
  for (const each of leave) each();
});

test('whoever leaves and comes back at once, as under StrictMode, is asked for once', async () => {
  const { store, url } = storeOf();
  store.subscribe(() => {})();
  const leave = store.subscribe(() => {});
  await until(() => url() !== null);
  expect(asked()).toBe(1);
  leave();
});

test('a URL is renewed again and again while somebody looks', async () => {
  backend().accessUrlLifeMs = 300;
  const { store, url } = storeOf();
  const seen = new Set<string>();
  const leave = store.subscribe(() => seen.add(String(url())));
  await until(() => seen.size >= 3);
  leave();
  expect(asked()).toBe(seen.size);
});

test('after the last one has left, an answer that comes late changes nothing', async () => {
  const { store, url } = storeOf();
  backend().fail('POST /api/assets/AST-1/access-url', neverAnswer);
  const heard = jest.fn();
  const leave = store.subscribe(heard);
  await until(() => asked() === 1);
  leave();
  store.refresh();
  await new Promise((resolve) => setImmediate(resolve));
  expect([url(), heard.mock.calls.length, asked()]).toEqual([null, 0, 1]);
});

test('a refusal is told and the last URL kept; a refresh that works ends it', async () => {
  const { store, url } = storeOf();
  const leave = store.subscribe(() => {});
  await until(() => url() !== null);
  const before = url();
  backend().fail('POST /api/assets/AST-1/access-url', answer(403, { body: '{"code":"asset_withheld"}' }));
  store.refresh();
  await until(() => store.snapshot().error !== null);
  expect(store.snapshot()).toMatchObject({ url: before, error: { code: 'asset_withheld' } });
  store.refresh();
  await until(() => store.snapshot().error === null);
  expect(url()).not.toBe(before);
  leave();
});
