import { answer, cut, cutAfterBody, cutAnswer, neverAnswer, neverRead } from '../../testing/faults.js';
import { httpTransport } from '../../testing/http-transport.js';
import { expectWhole, largeContent, largeFile, PARTS, startLarge } from '../../testing/large-upload.js';
import { rejectionOf } from '../../testing/rejection-of.js';
import { withBackend } from '../../testing/with-backend.js';
import { setTimeout as wait } from 'node:timers/promises';
import type { Transport } from '../transport.js';

const backend = withBackend();
const content = largeContent();
const file = largeFile(content);
const slow = (status: number) => answer(status, { headers: { 'retry-after': '0' } });
const xml = (status: number, code: string) => answer(status, { body: `<Error><Code>${code}</Code></Error>` });
const many = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);
const ascending = (numbers: number[]) => [...numbers].sort((a, b) => a - b);
const puts = () => backend().count('PUT');

test('a large file goes in parts, each sent once, and becomes one asset', async () => {
  const upload = startLarge(backend(), { file });
  await expectWhole(backend(), upload, content);
  expect(puts()).toBe(PARTS);
  expect(backend().count('POST /api/assets/upload-url')).toBe(1);
  expect(backend().count('GET')).toBe(0);
  expect(upload.statuses).toEqual(['preparing', 'uploading', 'completing', 'done']);
});

test('no more than four parts are under way at once, and URLs are asked for in batches', async () => {
  let [now, most] = [0, 0];
  const counting: Transport = {
    ...httpTransport,
    put: async (request) => {
      most = Math.max(most, (now += 1));
      await wait(20);
      return httpTransport.put(request).finally(() => (now -= 1));
    },
  };
  await expectWhole(backend(), startLarge(backend(), { file }, { transport: counting }), content);
  expect(most).toBe(4);
  expect(backend().multipart.signed.length).toBeLessThan(PARTS);
  expect(ascending(backend().multipart.signed.flat())).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test('the parts of all files of a client share its places', async () => {
  let [now, most] = [0, 0];
  const counting: Transport = {
    ...httpTransport,
    put: async (request) => {
      most = Math.max(most, (now += 1));
      await wait(5);
      return httpTransport.put(request).finally(() => (now -= 1));
    },
  };
  const { client, handle } = startLarge(backend(), { file }, { transport: counting, concurrency: 3 });
  await Promise.all([
    handle,
    client.uploadFile({ projectId: 'PRJ-1', file: largeFile(content, 'b.glb') }),
    client.uploadFile({ projectId: 'PRJ-1', file: new File(['small'], 'c.glb') }),
  ]);
  expect(most).toBe(3);
});

test.each(['sha256', 'md5', 'none'] as const)(
  'parts are bound by the sum of the profile %s',
  async (checksum) => {
    backend().multipart.checksum = checksum;
    await expectWhole(backend(), startLarge(backend(), { file }), content);
    expect(puts()).toBe(PARTS);
  },
);

test.each([
  ['503', slow(503)],
  ['429', slow(429)],
  ['SlowDown', xml(503, 'SlowDown')],
  ['RequestTimeout, which S3 sends as 400', xml(400, 'RequestTimeout')],
  ['a cut connection', cut],
  ['a connection cut after the last byte', cutAfterBody],
  ['a storage that never answers', neverAnswer],
  ['a storage that never reads', neverRead],
  ['BadDigest', xml(400, 'BadDigest')],
  ['an expired URL', xml(403, 'AccessDenied')],
])('two parts survive %s', async (_, fault) => {
  backend().fail('PUT', null, fault, null, fault);
  await expectWhole(backend(), startLarge(backend(), { file }), content);
  expect(puts()).toBe(PARTS + 2);
  expect(backend().count('POST /api/assets/upload-url')).toBe(1);
});

test('every third PUT may fail for as long as others arrive between them', async () => {
  backend().fail('PUT', ...many(40, [null, slow(503), null]).flat());
  const upload = startLarge(
    backend(),
    { file },
    { retry: { attempts: 2, baseMs: 1, maxMs: 2 }, concurrency: 1 },
  );
  await expectWhole(backend(), upload, content);
  expect(puts()).toBeGreaterThan(PARTS);
});

test('URLs that end before their turn are signed again', async () => {
  backend().urlLifeMs = 150;
  const slowly: Transport = {
    ...httpTransport,
    put: async (request) => {
      const response = await httpTransport.put(request);
      await wait(100);
      return response;
    },
  };
  const upload = startLarge(backend(), { file }, { transport: slowly, concurrency: 2 });
  await expectWhole(backend(), upload, content);
  expect(backend().multipart.signed.flat().length).toBeGreaterThan(PARTS);
});

test('from the third try on a part comes from memory and not from the file', async () => {
  const bodies: Blob[] = [];
  const slices = new Set<Blob>();
  const watched = Object.assign(largeFile(content), {
    slice: (start: number, end: number) => {
      const slice = file.slice(start, end);
      slices.add(slice);
      return slice;
    },
  });
  const recording: Transport = {
    ...httpTransport,
    put: (request) => {
      bodies.push(request.body);
      return httpTransport.put(request);
    },
  };
  backend().fail('PUT', cut, cut);
  const upload = startLarge(backend(), { file: watched }, { transport: recording, concurrency: 1 });
  await expectWhole(backend(), upload, content);
  expect(bodies.filter((body) => !slices.has(body)).length).toBeLessThanOrEqual(1);
});

test.each([
  ['begin', 'POST /api/assets/upload-url'],
  ['sign', 'POST /api/uploads/AST-1/parts'],
  ['complete', 'POST /api/assets'],
])('the API may fail twice at %s', async (_, route) => {
  backend().fail(route, slow(503), cutAnswer);
  await expectWhole(backend(), startLarge(backend(), { file }), content);
  expect(puts()).toBe(PARTS);
});

test('an asset made by a call whose answer was lost is the one that the next call gets', async () => {
  backend().loseAnswer('POST /api/assets');
  await expectWhole(backend(), startLarge(backend(), { file }), content);
  expect(backend().count('POST /api/assets')).toBe(2);
});

test('a token that ends in the middle is renewed', async () => {
  backend().token = 'old';
  let token = 'old';
  const getToken = ({ refresh }: { refresh: boolean }) => (refresh ? (token = 'new') : token);
  backend().fail('PUT', null, null, async (_request, response) => {
    backend().token = 'new';
    response.writeHead(503, { 'retry-after': '0' }).end();
  });
  await expectWhole(backend(), startLarge(backend(), { file }, { getToken }), content);
  expect(token).toBe('new');
});

test('a quota that is full is final, and nothing is sent', async () => {
  backend().fail('POST /api/assets/upload-url', answer(413, { body: '{"code":"quota_exceeded"}' }));
  const { handle } = startLarge(backend(), { file });
  expect(await rejectionOf(handle)).toMatchObject({ name: 'ApiError', code: 'quota_exceeded' });
  expect(handle).toMatchObject({ status: 'error', error: { code: 'quota_exceeded' } });
  expect(puts()).toBe(0);
});

test.each([
  ['storage_refused', many(1, xml(400, 'InvalidRequest'))],
  ['checksum_mismatch', many(100, xml(400, 'BadDigest'))],
  ['upload_expired', many(100, xml(403, 'AccessDenied'))],
])('%s is final, and the upload is cancelled', async (code, faults) => {
  backend().fail('PUT', ...faults);
  const { handle } = startLarge(backend(), { file }, { concurrency: 1 });
  expect(await rejectionOf(handle)).toMatchObject({ name: 'StorageError', code });
  await handle.abort();
  expect(backend().cancelled).toContain('AST-1');
  expect(backend().assets.size).toBe(0);
});

test('an upload that the storage has lost goes on with what is left of it, which is nothing', async () => {
  backend().fail('PUT', null, null, null, async (_request, response) => {
    backend().multipart.lose('AST-1');
    await xml(404, 'NoSuchUpload')(_request, response);
  });
  const upload = startLarge(backend(), { file }, { concurrency: 1 });
  await expectWhole(backend(), upload, content);
  expect(backend().count('POST /api/assets/upload-url')).toBe(1);
  expect(ascending(backend().multipart.stored.slice(-PARTS))).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test('an upload that is lost again and again is an error in the end', async () => {
  backend().fail('PUT', ...many(50, xml(404, 'NoSuchUpload')));
  const { handle } = startLarge(backend(), { file }, { concurrency: 1 });
  expect(await rejectionOf(handle)).toMatchObject({ code: 'storage_refused', status: 404 });
  expect(puts()).toBe(4);
});

test('a part that is missing when the upload is completed is sent again, and only that', async () => {
  const upload = startLarge(backend(), {
    file,
    onStatus: (status) => {
      if (status === 'completing' && backend().count('POST /api/assets') === 0) {
        backend().multipart.losePart('AST-1', 3);
      }
    },
  });
  await expectWhole(backend(), upload, content);
  expect(backend().multipart.stored.filter((number) => number === 3)).toHaveLength(2);
  expect(puts()).toBe(PARTS + 1);
});

test('an upload that the server has given up is begun again', async () => {
  backend().fail('PUT', null, null, async (request, response) => {
    backend().expired.add('AST-1');
    await xml(403, 'AccessDenied')(request, response);
  });
  await expectWhole(backend(), startLarge(backend(), { file }), content);
  expect(backend().count('POST /api/assets/upload-url')).toBe(2);
});

test('bytes that the project has already are not sent', async () => {
  backend().deduplicates = true;
  const { handle } = startLarge(backend(), { file });
  expect(await handle).toMatchObject({ id: 'AST-1' });
  expect(puts()).toBe(0);
});

test('a server that takes the file in one PUT gets it in one, without a sum', async () => {
  const { handle } = startLarge(backend(), { file: new File([content], 'a.glb') }, { partsAbove: 10 });
  backend().multipart.above = Number.POSITIVE_INFINITY;
  expect(await handle).toMatchObject({ id: 'AST-1' });
  expect(puts()).toBe(1);
  expect(backend().stored()[0]?.equals(content)).toBe(true);
});

test('a page without https hashes by script', async () => {
  const { crypto } = globalThis;
  Object.defineProperty(globalThis, 'crypto', {
    configurable: true,
    value: { getRandomValues: crypto.getRandomValues.bind(crypto) },
  });
  try {
    await expectWhole(backend(), startLarge(backend(), { file }), content);
    expect(puts()).toBe(PARTS);
  } finally {
    Object.defineProperty(globalThis, 'crypto', { configurable: true, value: crypto });
  }
});
