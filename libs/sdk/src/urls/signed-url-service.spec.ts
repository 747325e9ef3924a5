import { clientFor } from '../testing/client-for.js';
import { answer, cut } from '../testing/faults.js';
import { rejectionOf } from '../testing/rejection-of.js';
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

test.each([
  [70, 1],
  [90, 2],
])(
  '%i s into a life of 100 s, counted by the server, %i URLs have been asked for',
  async (seconds, calls) => {
    const start = Date.now() - 3_600_000;
    const client = clientFor(backend());
    const serverSays = async (ms: number) => {
      backend().fail('GET', answer(200, { headers: { date: new Date(ms).toUTCString() }, body: '{}' }));
      await client.projects.list();
    };
    const signed = { url: 'https://storage/a', expires_at: new Date(start + 100_000).toISOString() };
    const headers = { date: new Date(start).toUTCString() };
    backend().fail(
      'POST /api/assets/AST-1/access-url',
      answer(200, { headers, body: JSON.stringify(signed) }),
    );
    await serverSays(start);
    await client.signedUrls.get('AST-1');
    await serverSays(start + seconds * 1000);
    await client.signedUrls.get('AST-1');
    expect(asked()).toBe(calls);
  },
);

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
