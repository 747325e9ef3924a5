import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { ClientOptions } from '../client/create-client.js';
import { clientFor } from '../testing/client-for.js';
import { answer, cut, cutAfterBody, cutAnswer, neverAnswer, neverRead } from '../testing/faults.js';
import { httpTransport } from '../testing/http-transport.js';
import { rejectionOf } from '../testing/rejection-of.js';
import { until } from '../testing/until.js';
import { withBackend } from '../testing/with-backend.js';
import type { Progress } from './progress-meter.js';
import type { Transport } from './transport.js';
import type { UploadStatus } from './upload-handle.js';

const backend = withBackend();
const content = randomBytes(300_000);
const file = new File([content], 'model.glb', { type: 'model/gltf-binary' });
const slow = (status: number) => answer(status, { headers: { 'retry-after': '0' } });
const xml = (status: number, code: string) => answer(status, { body: `<Error><Code>${code}</Code></Error>` });

const start = (options: Partial<ClientOptions> = {}, upload: object = {}) =>
  clientFor(backend(), options).uploadFile({ projectId: 'PRJ-1', file, ...upload });

async function expectWhole(upload: PromiseLike<unknown>): Promise<void> {
  expect(await upload).toMatchObject({
    id: expect.stringMatching(/^AST-/),
    project_id: 'PRJ-1',
    name: 'model.glb',
  });
  expect(backend().assets.size).toBe(1);
  const [stored = Buffer.alloc(0)] = backend().stored();
  expect(stored.equals(content)).toBe(true);
}

test('a file becomes an asset in three calls', async () => {
  await expectWhole(start());
  expect(backend().seen.map(({ route }) => route)).toEqual([
    'POST /api/assets/upload-url',
    'PUT /storage/incoming/AST-1',
    'POST /api/assets',
  ]);
});

test('the PUT carries the signed headers, the SHA-256 among them, and no token', async () => {
  await expectWhole(start({ getToken: () => 'secret' }));
  const put = backend().seen.find(({ route }) => route.startsWith('PUT'));
  expect(put?.headers['x-amz-checksum-sha256']).toBe(createHash('sha256').update(content).digest('base64'));
  expect(put?.headers['content-type']).toBe('model/gltf-binary');
  expect(put?.headers.authorization).toBeUndefined();
});

test('every unsafe call of the API has an idempotency key, the same for each try of it', async () => {
  backend().fail('POST /api/assets/upload-url', slow(503));
  await expectWhole(start());
  const keys = backend()
    .seen.filter(({ route }) => route.startsWith('POST'))
    .map(({ headers }) => headers['idempotency-key']);
  expect(keys).toEqual([expect.stringMatching(/^[\da-f-]{36}$/), keys[0], expect.any(String)]);
  expect(keys[2]).not.toBe(keys[0]);
});

test('a Blob with a name given for it and a name for people is announced with both', async () => {
  const blob = new Blob([content], { type: 'IMAGE/PNG; charset=x' });
  const asset = await start({}, { file: blob, fileName: 'a.png', name: 'My picture' });
  expect(asset).toMatchObject({ name: 'My picture', file_name: 'a.png', content_type: 'image/png' });
});

test.each([
  ['503 from the storage', slow(503)],
  ['429 from the storage', slow(429)],
  ['SlowDown', xml(503, 'SlowDown')],
  ['RequestTimeout, which S3 sends as 400', xml(400, 'RequestTimeout')],
  ['a cut connection', cut],
  ['a connection cut after the last byte', cutAfterBody],
  ['a storage that never answers', neverAnswer],
  ['a storage that never reads', neverRead],
  ['BadDigest once', xml(400, 'BadDigest')],
])('the PUT survives %s', async (_, fault) => {
  backend().fail('PUT', fault);
  await expectWhole(start({ transport: httpTransport }));
  expect(backend().count('PUT')).toBe(2);
  expect(backend().count('POST /api/assets/upload-url')).toBe(1);
});

test.each([
  ['503', slow(503)],
  ['500', answer(500)],
  ['a cut connection', cut],
  ['an answer cut in the middle', cutAnswer],
  ['no answer', neverAnswer],
])('beginning survives %s', async (_, fault) => {
  backend().fail('POST /api/assets/upload-url', fault, fault);
  await expectWhole(start());
  expect(backend().count('POST /api/assets/upload-url')).toBe(3);
});

test.each([
  ['503', slow(503)],
  ['a cut connection', cutAfterBody],
  ['an answer cut in the middle', cutAnswer],
  ['no answer', neverAnswer],
  ['object_missing', answer(409, { headers: { 'retry-after': '0' }, body: '{"code":"object_missing"}' })],
  ['upload_busy', answer(409, { headers: { 'retry-after': '0' }, body: '{"code":"upload_busy"}' })],
])('completing survives %s', async (_, fault) => {
  backend().fail('POST /api/assets', fault, fault);
  await expectWhole(start());
  expect(backend().count('PUT')).toBe(1);
  expect(backend().count('POST /api/assets')).toBe(3);
});

test('an asset made by a call whose answer was lost is the one that the next call gets', async () => {
  backend().loseAnswer('POST /api/assets');
  await expectWhole(start());
  expect(backend().count('POST /api/assets')).toBe(2);
});

test('from the third try on the body comes from memory and not from the file', async () => {
  const bodies: Blob[] = [];
  const recording: Transport = {
    ...httpTransport,
    put: (request) => {
      bodies.push(request.body);
      return httpTransport.put(request);
    },
  };
  backend().fail('PUT', cut, cut);
  await expectWhole(start({ transport: recording }));
  expect(bodies.map((body) => body === file)).toEqual([true, true, false]);
});

test('a storage that fails for good ends as storage_unavailable after all tries, and the upload is cancelled', async () => {
  backend().fail('PUT', ...Array.from({ length: 6 }, () => slow(503)));
  expect(await rejectionOf(start())).toMatchObject({
    name: 'StorageError',
    code: 'storage_unavailable',
    status: 503,
  });
  expect(backend().count('PUT')).toBe(6);
  await until(() => backend().cancelled.length === 1);
});

test('a lasting stall is an error and not a wait for ever', async () => {
  backend().fail('PUT', neverRead, neverRead);
  const upload = start({ transport: httpTransport, retry: { attempts: 2, baseMs: 1, maxMs: 1 } });
  expect(await rejectionOf(upload)).toMatchObject({ name: 'NetworkError', code: 'stalled' });
});

test('an expired URL is replaced by a new upload, once the old one has given back what it had reserved', async () => {
  backend().fail('PUT', xml(403, 'AccessDenied'));
  let begunBefore = 0;
  backend().fail('DELETE', async (_request, response) => {
    await wait(30);
    begunBefore = backend().count('POST /api/assets/upload-url');
    response.writeHead(204).end();
  });
  await expectWhole(start());
  expect(begunBefore).toBe(1);
  expect(backend().count('POST /api/assets/upload-url')).toBe(2);
});

test('URLs that are refused for ever end as upload_expired after two new ones', async () => {
  backend().urlLifeMs = -1;
  expect(await rejectionOf(start())).toMatchObject({
    code: 'upload_expired',
    status: 403,
    storageCode: 'AccessDenied',
  });
  expect(backend().count('POST /api/assets/upload-url')).toBe(3);
  await until(() => backend().cancelled.length === 3);
});

test('an upload the server calls expired when it is completed is begun again', async () => {
  backend().fail('POST /api/assets', answer(410, { body: '{"code":"upload_expired"}' }));
  expect(await start()).toMatchObject({ id: 'AST-2' });
  expect(backend().cancelled).toEqual(['AST-1']);
});

test('bytes that arrive wrong twice are a checksum_mismatch', async () => {
  backend().fail('PUT', xml(400, 'BadDigest'), xml(400, 'BadDigest'));
  expect(await rejectionOf(start())).toMatchObject({ name: 'StorageError', code: 'checksum_mismatch' });
  expect(backend().count('PUT')).toBe(2);
});

test.each([
  [413, 'quota_exceeded'],
  [422, 'content_mismatch'],
  [404, 'not_found'],
])('%i %s from the API is final', async (status, code) => {
  backend().fail(
    'POST /api/assets/upload-url',
    answer(status, { body: JSON.stringify({ code, detail: 'No.', limit: 5 }) }),
  );
  const error = await rejectionOf(start());
  expect(error).toMatchObject({ name: 'ApiError', code, status, message: 'No.', problem: { limit: 5 } });
  expect(backend().seen).toHaveLength(1);
});

test('a file that cannot be uploaded is refused before anything is sent', async () => {
  const refused = async (upload: object) => ((await rejectionOf(start({}, upload))) as { code: string }).code;
  expect(await refused({ file: new File([], 'a.png') })).toBe('file_empty');
  expect(await refused({ file: new Blob(['a']) })).toBe('file_name_invalid');
  expect(await refused({ rules: { maxSize: 10 } })).toBe('file_too_large');
  expect(await refused({ rules: { allowedTypes: ['image/*'] } })).toBe('type_not_allowed');
  expect(backend().seen).toEqual([]);
});

test('a file that cannot be read is file_unreadable', async () => {
  const unreadable = Object.assign(new File([content], 'a.png'), {
    arrayBuffer: () => Promise.reject(new Error('gone')),
  });
  expect(await rejectionOf(start({}, { file: unreadable }))).toMatchObject({
    name: 'FileError',
    code: 'file_unreadable',
  });
  expect(backend().seen).toEqual([]);
});

test('without a SHA-256 the upload goes on, bound to length and type, and says so', async () => {
  const { crypto } = globalThis;
  Object.defineProperty(globalThis, 'crypto', {
    configurable: true,
    value: { getRandomValues: crypto.getRandomValues.bind(crypto) },
  });
  try {
    const client = clientFor(backend());
    await expectWhole(client.uploadFile({ projectId: 'PRJ-1', file }));
    expect(client.diagnostics).toEqual([
      { type: 'checksum_skipped', error: expect.objectContaining({ code: 'unsupported' }) },
    ]);
  } finally {
    Object.defineProperty(globalThis, 'crypto', { configurable: true, value: crypto });
  }
  const keys = backend()
    .seen.filter(({ route }) => route.startsWith('POST'))
    .map(({ headers }) => headers['idempotency-key']);
  expect(keys).toEqual([
    expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/),
    expect.any(String),
  ]);
});

test('progress never goes back, not even over a cut, and is whole only at the end', async () => {
  const big = new File([randomBytes(3_000_000)], 'big.glb');
  backend().fail('PUT', cutAfterBody);
  const seen: Progress[] = [];
  await start(
    { transport: httpTransport },
    { file: big, onProgress: (progress: Progress) => seen.push(progress) },
  );
  const fractions = seen.map(({ fraction }) => fraction);
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
  expect(fractions.filter((fraction) => fraction > 0.999)).toEqual([1]);
  expect(seen.at(-1)).toMatchObject({ loaded: 3_000_000, total: 3_000_000, fraction: 1 });
});

test('the status tells the steps and the waits between tries', async () => {
  const seen: UploadStatus[] = [];
  backend().fail('PUT', slow(503));
  await start({}, { onStatus: (status: UploadStatus) => seen.push(status) });
  expect(seen).toEqual(['preparing', 'uploading', 'waiting', 'uploading', 'completing', 'done']);
});
