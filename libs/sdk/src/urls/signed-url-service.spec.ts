import { clientFor } from '../testing/client-for.js';
import { answer, cut } from '../testing/faults.js';
import { rejectionOf } from '../testing/rejection-of.js';
import { until } from '../testing/until.js';
import { withBackend } from '../testing/with-backend.js';

const backend = withBackend();
const asked = () => backend().count('POST /api/assets/AST-1/access-url');

test('those who ask together share one call and one URL', async () => {
  const { signedUrls } = clientFor(backend());
  const [first, second] = await Promise.all([signedUrls.get('AST-1'), signedUrls.get('AST-1')]);
  expect(second).toEqual(first);
  expect(await signedUrls.get('AST-1')).toEqual(first);
  expect(asked()).toBe(1);
});

test('viewing and downloading have URLs of their own', async () => {
  const { signedUrls } = clientFor(backend());
  const view = await signedUrls.get('AST-1');
  expect(await signedUrls.get('AST-1', { purpose: 'download' })).not.toEqual(view);
});

test('a URL is renewed before it ends', async () => {
  backend().accessUrlLifeMs = 50;
  const { signedUrls } = clientFor(backend());
  const first = await signedUrls.get('AST-1');
  let latest = first;
  await until(() => {
    void signedUrls.get('AST-1').then((signed) => (latest = signed));
    return latest.url !== first.url;
  });
  expect(asked()).toBeGreaterThan(1);
});

test('the life of a URL is counted by the clock of the server', async () => {
  const hourBehind = new Date(Date.now() - 3_600_000).toUTCString();
  const { signedUrls, projects } = clientFor(backend());
  backend().fail('GET', answer(200, { headers: { date: hourBehind }, body: '{}' }));
  await projects.list();
  const expiresAt = new Date(Date.now() - 3_600_000 + 60_000).toISOString();
  const body = JSON.stringify({ url: 'https://storage/a', expires_at: expiresAt });
  backend().fail('POST /api/assets/AST-1/access-url', answer(200, { headers: { date: hourBehind }, body }));
  await signedUrls.get('AST-1');
  await signedUrls.get('AST-1');
  expect(asked()).toBe(1);
});

test('an image that failed to load gets another URL', async () => {
  const { signedUrls } = clientFor(backend());
  const first = await signedUrls.get('AST-1');
  expect(await signedUrls.get('AST-1', { refresh: true })).not.toEqual(first);
});

test('a failure is not kept', async () => {
  const { signedUrls } = clientFor(backend());
  backend().fail('POST /api/assets/AST-1/access-url', cut, cut, cut);
  expect(await rejectionOf(signedUrls.get('AST-1'))).toMatchObject({ code: 'network' });
  expect(await signedUrls.get('AST-1')).toMatchObject({ url: expect.any(String) });
});

test('after clear everything is asked for anew', async () => {
  const { signedUrls } = clientFor(backend());
  await signedUrls.get('AST-1');
  signedUrls.clear();
  await signedUrls.get('AST-1');
  expect(asked()).toBe(2);
});

test('of more than 500 URLs the least recently used are forgotten', async () => {
  const { signedUrls } = clientFor(backend());
  await signedUrls.get('AST-1');
  await signedUrls.get('AST-0');
  for (let number = 2; number <= 500; number += 1) {
    await signedUrls.get(`AST-${number}`);
    if (number === 300) await signedUrls.get('AST-1');
  }
  await signedUrls.get('AST-1');
  expect(asked()).toBe(1);
  await signedUrls.get('AST-0');
  expect(backend().count('POST /api/assets/AST-0/access-url')).toBe(2);
});
