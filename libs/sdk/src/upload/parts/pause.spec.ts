import { cut, neverAnswer } from '../../testing/faults.js';
import { httpTransport } from '../../testing/http-transport.js';
import { expectWhole, largeContent, largeFile, PARTS, startLarge } from '../../testing/large-upload.js';
import { rejectionOf } from '../../testing/rejection-of.js';
import { until } from '../../testing/until.js';
import { withBackend } from '../../testing/with-backend.js';
import { clientFor } from '../../testing/client-for.js';
import { memoryStore } from './memory-store.js';
import { setTimeout as wait } from 'node:timers/promises';

const backend = withBackend();
const content = largeContent();
const file = largeFile(content);
const patient = { stallTimeoutMs: 60_000, responseTimeoutMs: 60_000 };

test('a pause stops the PUTs at once, and what is stored by then is not sent again', async () => {
  backend().fail('PUT', null, null, null, neverAnswer, neverAnswer);
  const upload = startLarge(backend(), { file }, { ...patient, concurrency: 2 });
  const { handle } = upload;
  await until(() => backend().count('PUT') === 5);
  handle.pause();
  expect(handle.status).toBe('paused');
  await wait(50);
  expect(backend().count('PUT')).toBe(5);
  expect(handle.progress.confirmed).toBe(150_000);
  handle.resume();
  expect(handle.status).toBe('queued');
  await expectWhole(backend(), upload, content);
  expect(backend().count('PUT')).toBe(PARTS + 2);
  expect(backend().count('GET /api/uploads/AST-1')).toBe(1);
  expect(backend().count('POST /api/assets/upload-url')).toBe(1);
});

test('an upload paused before it began waits with everything', async () => {
  const upload = startLarge(backend(), { file });
  upload.handle.pause();
  await wait(30);
  expect(backend().seen).toEqual([]);
  expect(upload.handle.status).toBe('paused');
  upload.handle.resume();
  await expectWhole(backend(), upload, content);
});

test.each(['POST /api/assets/upload-url', 'POST /api/uploads/AST-1/parts', 'POST /api/assets'])(
  'a pause during %s costs no second upload',
  async (route) => {
    backend().loseAnswer(route);
    const upload = startLarge(backend(), { file }, { retry: { attempts: 6, baseMs: 50, maxMs: 50 } });
    await until(() => backend().count(route) >= 1);
    upload.handle.pause();
    await wait(20);
    upload.handle.resume();
    await upload.handle;
    expect(backend().assets.size).toBe(1);
  },
);

test('pausing and going on again in one breath is as if nothing had happened', async () => {
  const upload = startLarge(backend(), { file });
  await until(() => backend().count('PUT') > 0);
  for (let times = 0; times < 5; times += 1) {
    upload.handle.pause();
    upload.handle.resume();
  }
  await upload.handle;
  expect(backend().assets.size).toBe(1);
});

test('a small file that was paused is sent again as a whole', async () => {
  backend().fail('PUT', neverAnswer);
  const small = new File([content.subarray(0, 1000)], 'small.png');
  const client = clientFor(backend(), { ...patient, transport: httpTransport });
  const handle = client.uploadFile({ projectId: 'PRJ-1', file: small });
  await until(() => backend().count('PUT') === 1);
  handle.pause();
  await wait(20);
  expect(backend().cancelled).toEqual([]);
  handle.resume();
  expect(await handle).toMatchObject({ id: 'AST-1' });
  expect(backend().count('PUT')).toBe(2);
});

test('an abort stops everything, tells the server, and leaves nothing to go on with', async () => {
  backend().fail('PUT', null, null, neverAnswer);
  const { handle, client } = startLarge(backend(), { file }, { ...patient, concurrency: 1 });
  await until(() => backend().count('PUT') === 3);
  expect(await client.pendingUploads()).toHaveLength(1);
  const outcome = rejectionOf(handle);
  await handle.abort('enough');
  expect(await outcome).toMatchObject({ code: 'aborted', cause: 'enough' });
  expect(handle).toMatchObject({ status: 'aborted', error: null });
  expect(backend().cancelled).toEqual(['AST-1']);
  expect(await client.pendingUploads()).toEqual([]);
});

test('a paused upload can be aborted', async () => {
  backend().fail('PUT', neverAnswer);
  const { handle } = startLarge(backend(), { file }, { ...patient, concurrency: 1 });
  await until(() => backend().count('PUT') === 1);
  handle.pause();
  await handle.abort();
  expect(handle.status).toBe('aborted');
  expect(backend().cancelled).toEqual(['AST-1']);
});

test('what has ended neither pauses nor goes on nor ends again', async () => {
  const { handle, statuses } = startLarge(backend(), { file });
  await handle;
  handle.pause();
  handle.resume();
  await handle.abort();
  expect(statuses.at(-1)).toBe('done');
  expect(backend().cancelled).toEqual([]);
});

test('listeners hear of status and progress until they leave', async () => {
  const { handle } = startLarge(backend(), { file });
  const heard = new Set<string>();
  handle.subscribe(() => heard.add(handle.status));
  const left = jest.fn();
  handle.subscribe(left)();
  await handle;
  expect([...heard]).toEqual(['preparing', 'uploading', 'completing', 'done']);
  expect(left).not.toHaveBeenCalled();
});

test('a failure that nobody listens to is no unhandled rejection', async () => {
  const unhandled = jest.fn();
  process.on('unhandledRejection', unhandled);
  backend().fail('PUT', ...Array.from({ length: 40 }, () => cut));
  const { handle } = startLarge(backend(), { file }, { retry: { attempts: 2, baseMs: 1, maxMs: 1 } });
  await until(() => handle.status === 'error');
  await wait(20);
  process.off('unhandledRejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

test('offline, tries cost nothing, and the way back ends the wait', async () => {
  const browser = new EventTarget();
  const names = ['addEventListener', 'removeEventListener', 'navigator'];
  const pretend = { onLine: false };
  Object.assign(globalThis, {
    addEventListener: browser.addEventListener.bind(browser),
    removeEventListener: browser.removeEventListener.bind(browser),
  });
  Object.defineProperty(globalThis, 'navigator', { configurable: true, value: pretend });
  try {
    backend().fail('PUT', cut, cut, cut, cut, cut);
    const options = {
      retry: { attempts: 2, baseMs: 1, maxMs: 1 },
      concurrency: 1,
      resumeStore: memoryStore(),
    };
    const upload = startLarge(backend(), { file }, options);
    for (const tries of [1, 2, 3, 4, 5]) {
      await until(() => backend().count('PUT') === tries && upload.handle.status === 'waiting');
      pretend.onLine = tries === 5;
      browser.dispatchEvent(new Event('online'));
    }
    await expectWhole(backend(), upload, content);
    expect(backend().count('PUT')).toBe(PARTS + 5);
  } finally {
    for (const name of names) Reflect.deleteProperty(globalThis, name);
  }
});
