import { randomBytes } from 'node:crypto';
import type { UploadOptions } from '../upload/upload-options.js';
import { clientFor } from '../testing/client-for.js';
import { answer, cutAfterBody, neverRead } from '../testing/faults.js';
import { httpTransport } from '../testing/http-transport.js';
import { until } from '../testing/until.js';
import { withBackend } from '../testing/with-backend.js';
import { FileUploadStore, type FileUploadState } from './file-upload-store.js';

const backend = withBackend();
const file = new File([randomBytes(2_000_000)], 'model.glb');
const full = answer(413, { body: '{"code":"quota_exceeded"}' });

function storeWithHistory() {
  const store = new FileUploadStore();
  const history: FileUploadState[] = [];
  store.subscribe(() => history.push(store.snapshot()));
  const client = clientFor(backend(), { transport: httpTransport });
  const upload = (options: Partial<UploadOptions> = {}) =>
    store.upload(client, { projectId: 'PRJ-1', file, ...options });
  return { store, history, upload };
}

test('an upload resolves with its asset; progress is whole, never goes back and ends at 100', async () => {
  const { store, history, upload } = storeWithHistory();
  backend().fail('PUT', cutAfterBody);
  expect(await upload()).toMatchObject({ id: 'AST-1' });
  expect(store.snapshot()).toEqual({ uploading: false, progress: 100, error: null });
  const progress = history.map((state) => state.progress);
  expect(progress.every(Number.isInteger)).toBe(true);
  expect(progress).toEqual([...progress].sort((a, b) => a - b));
  expect(
    history
      .filter((state) => state.uploading)
      .every((state) => state.progress < 100 || state === history.at(-2)),
  ).toBe(true);
});

test('a failed upload resolves with null and leaves its error until it is cleared', async () => {
  const { store, upload } = storeWithHistory();
  backend().fail('POST /api/assets/upload-url', full);
  expect(await upload()).toBeNull();
  expect(store.snapshot()).toMatchObject({ uploading: false, error: { code: 'quota_exceeded' } });
  store.clearError();
  expect(store.snapshot().error).toBeNull();
});

test('the next upload clears the error of the one before', async () => {
  const { store, upload } = storeWithHistory();
  backend().fail('POST /api/assets/upload-url', full);
  await upload();
  const second = upload();
  expect(store.snapshot()).toEqual({ uploading: true, progress: 0, error: null });
  expect(await second).not.toBeNull();
});

test('cancel ends all that is running, without an error', async () => {
  const { store, upload } = storeWithHistory();
  backend().fail('PUT', neverRead, neverRead);
  const both = [upload(), upload()];
  await until(() => backend().count('PUT') === 2);
  store.cancel();
  expect(await Promise.all(both)).toEqual([null, null]);
  expect(store.snapshot()).toEqual({ uploading: false, progress: 0, error: null });
  await until(() => backend().cancelled.length === 2);
});

test("the caller's own signal ends an upload too", async () => {
  const { upload } = storeWithHistory();
  expect(await upload({ signal: AbortSignal.abort() })).toBeNull();
  const controller = new AbortController();
  backend().fail('PUT', neverRead);
  const running = upload({ signal: controller.signal });
  await until(() => backend().count('PUT') === 1);
  controller.abort();
  expect(await running).toBeNull();
});

test('with two at once the state is that of the latest', async () => {
  const { store, upload } = storeWithHistory();
  backend().fail('PUT', neverRead);
  const first = upload();
  await until(() => backend().count('PUT') === 1);
  expect(await upload()).not.toBeNull();
  expect(store.snapshot()).toMatchObject({ uploading: false, progress: 100 });
  store.cancel();
  expect(await first).toBeNull();
  expect(store.snapshot()).toMatchObject({ uploading: false, progress: 100 });
});

test('the state is the same object until something changes, and listeners can leave', () => {
  const store = new FileUploadStore();
  const listener = jest.fn();
  const leave = store.subscribe(listener);
  const before = store.snapshot();
  store.clearError();
  expect(store.snapshot()).toBe(before);
  leave();
  expect(listener).not.toHaveBeenCalled();
});
