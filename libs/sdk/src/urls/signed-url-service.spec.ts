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
  [54, 1],
  [56, 2],
])('%i min into a life of 60, counted by the server, %i URLs have been asked for', async (minutes, calls) => {
  const start = Date.now() - 7_200_000;
  const client = clientFor(backend());
  const serverSays = async (ms: number) => {
    backend().fail('GET', answer(200, { headers: { date: new Date(ms).toUTCString() }, body: '{}' }));
    await client.projects.list();
  };
  const signed = { url: 'https://storage/a', expires_at: new Date(start + 3_600_000).toISOString() };
  const headers = { date: new Date(start).toUTCString() };
  backend().fail('POST /api/assets/AST-1/access-url', answer(200, { headers, body: JSON.stringify(signed) }));
  await serverSays(start);
  await client.signedUrls.get('AST-1');
  await serverSays(start + minutes * 60_000);
  await client.signedUrls.get('AST-1');
  expect(asked()).toBe(calls);
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

describe('what is asked for together', () => {
  const batches = () => backend().count('POST /api/assets/access-urls');
  const refBatches = () => backend().count('POST /api/private/signed-urls');

  test('goes as one call for assets and one for references, whatever order they came in', async () => {
    const { signedUrls } = clientFor(backend());
    const subjects = ['AST-1', 'private://a', 'AST-2', 'https://old.example/b.jpg', 'private://a'];
    const urls = await Promise.all(subjects.map((subject) => signedUrls.get(subject)));
    expect(urls.map(({ url }) => new URL(url).pathname)).toEqual([
      '/storage/AST-1',
      '/storage/private://a',
      '/storage/AST-2',
      '/storage/https://old.example/b.jpg',
      '/storage/private://a',
    ]);
    expect(urls[4]).toEqual(urls[1]);
    expect([batches(), refBatches(), asked()]).toEqual([1, 1, 0]);
  });

  test('goes by the hundred', async () => {
    const { signedUrls } = clientFor(backend());
    const urls = await Promise.all(Array.from({ length: 201 }, (_, n) => signedUrls.get(`private://${n}`)));
    expect(new Set(urls.map(({ url }) => url)).size).toBe(201);
    expect(refBatches()).toBe(3);
  });

  test('fails one by one', async () => {
    const { signedUrls } = clientFor(backend());
    const [hidden, other] = await Promise.allSettled([
      signedUrls.get('private://hidden'),
      signedUrls.get('private://b'),
    ]);
    expect(hidden).toMatchObject({ reason: { code: 'not_found', status: 404 } });
    expect(other).toMatchObject({ status: 'fulfilled' });
  });

  test('fails together where the call fails, and is asked for anew after that', async () => {
    const { signedUrls } = clientFor(backend());
    backend().fail('POST /api/private/signed-urls', answer(400, { body: '{}' }));
    const both = () => Promise.allSettled([signedUrls.get('private://a'), signedUrls.get('private://b')]);
    expect((await both()).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect((await both()).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
  });

  test('has its thumbnails apart from its originals', async () => {
    const { signedUrls } = clientFor(backend());
    const original = await signedUrls.get('AST-1');
    expect(await signedUrls.get('AST-1', { rendition: 'thumbnail' })).not.toEqual(original);
    expect([asked(), batches()]).toEqual([1, 1]);
  });
});

test('who stops waiting is let go, and the others get their URL', async () => {
  const { signedUrls } = clientFor(backend());
  const controller = new AbortController();
  const left = rejectionOf(signedUrls.get('AST-1', { signal: controller.signal }));
  const stayed = signedUrls.get('AST-1');
  controller.abort();
  expect(await left).toMatchObject({ code: 'aborted' });
  expect(await stayed).toMatchObject({ url: expect.stringContaining('AST-1') });
  expect(asked()).toBe(1);
});
