import { answer, cut, neverAnswer } from '../../testing/faults.js';
import { expectWhole, largeContent, largeFile, PART, PARTS, startLarge } from '../../testing/large-upload.js';
import { rejectionOf } from '../../testing/rejection-of.js';
import { until } from '../../testing/until.js';
import { withBackend } from '../../testing/with-backend.js';
import type { UploadOptions } from '../upload-options.js';
import { memoryStore } from './memory-store.js';
import type { ResumeStore } from './resume-store.js';

const backend = withBackend();
const content = largeContent();
const file = largeFile(content);
const begun = () => backend().count('POST /api/assets/upload-url');

let store: ResumeStore;
beforeEach(() => (store = memoryStore()));

const again = (upload: Partial<UploadOptions> = {}) =>
  startLarge(backend(), { file, ...upload }, { resumeStore: store, concurrency: 1 });

/** An upload that got as far as four parts; then the line was gone for good. */
async function leaveUnfinished(upload: Partial<UploadOptions> = {}): Promise<void> {
  backend().fail('PUT', null, null, null, null, cut);
  const retry = { attempts: 1, baseMs: 1, maxMs: 1 };
  const { handle } = startLarge(
    backend(),
    { file, ...upload },
    { resumeStore: store, concurrency: 1, retry },
  );
  expect(await rejectionOf(handle)).toMatchObject({ code: 'network' });
  expect(backend().multipart.stored).toHaveLength(4);
  backend().seen.length = 0;
}

test.each(['sha256', 'md5', 'none'] as const)(
  'the same file, given again, goes on where it stopped (%s)',
  async (checksum) => {
    backend().multipart.checksum = checksum;
    await leaveUnfinished();
    expect(backend().cancelled).toEqual([]);
    const upload = again();
    await expectWhole(backend(), upload, content);
    expect(backend().multipart.stored).toHaveLength(PARTS);
    expect(begun()).toBe(0);
    expect(backend().count('GET /api/uploads/AST-1')).toBe(1);
    expect(upload.progress[0]?.confirmed).toBeGreaterThanOrEqual(4 * PART);
    expect(await store.list()).toEqual([]);
  },
);

test('the speed does not count what was there before', async () => {
  await leaveUnfinished();
  const upload = again();
  await upload.handle;
  expect(upload.progress[0]).toMatchObject({ bytesPerSecond: expect.any(Number), total: content.length });
  expect(upload.progress[0]?.loaded).toBeLessThanOrEqual(5 * PART);
});

/** The file with another byte in the middle of one of the parts that were stored. */
function changedIn(choose: (stored: number[]) => number | undefined): Buffer<ArrayBuffer> {
  const stored = [...backend().multipart.stored].sort((a, b) => a - b);
  const changed = Buffer.from(content);
  const at = ((choose(stored) ?? 0) - 0.5) * PART;
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
}

test.each([
  ['first', (stored: number[]) => stored.at(0)],
  ['last', (stored: number[]) => stored.at(-1)],
])(
  'a file that has changed in the %s stored part starts anew, and its old upload is cancelled',
  async (_, choose) => {
    await leaveUnfinished();
    const changed = changedIn(choose);
    await expectWhole(backend(), again({ file: largeFile(changed) }), changed);
    expect(backend().cancelled).toEqual(['AST-1']);
    expect(begun()).toBe(1);
  },
);

test('a file that has changed in its beginning is known without asking the server', async () => {
  await leaveUnfinished();
  const changed = changedIn(() => 1);
  await expectWhole(backend(), again({ file: largeFile(changed) }), changed);
  expect(backend().count('GET')).toBe(0);
  expect(backend().cancelled).toEqual(['AST-1']);
});

test('verifyOnResume: all finds a change in between', async () => {
  await leaveUnfinished();
  const changed = changedIn((stored) => stored.at(2));
  await expectWhole(backend(), again({ file: largeFile(changed), verifyOnResume: 'all' }), changed);
  expect(begun()).toBe(1);
});

test.each([
  ['name', () => largeFile(content, 'other.glb')],
  ['date', () => new File([content], 'scan.glb', { type: 'model/gltf-binary', lastModified: 5 })],
])('a file of another %s is another file', async (_, other) => {
  await leaveUnfinished();
  expect(await again({ file: other() }).handle).toMatchObject({ id: 'AST-2' });
  expect(backend().cancelled).toEqual([]);
});

test.each([
  ['expired', () => backend().expired.add('AST-1')],
  ['cancelled', () => backend().cancelled.push('AST-1')],
  ['unknown', () => backend().multipart.uploads.delete('AST-1')],
])('an upload that is %s on the server is begun anew', async (_, end) => {
  await leaveUnfinished();
  end();
  await expectWhole(backend(), again(), content);
  expect(begun()).toBe(1);
});

test('a record older than a week is forgotten', async () => {
  await leaveUnfinished();
  const [record] = await store.list();
  if (record) await store.set({ ...record, createdAt: Date.now() - 8 * 24 * 3_600_000 });
  const upload = again();
  expect(await upload.client.pendingUploads()).toEqual([]);
  await expectWhole(backend(), upload, content);
  expect(begun()).toBe(1);
});

test('an upload that was completed, and nobody was told, gives the asset it made', async () => {
  backend().fail('POST /api/assets', answer(401, { body: '{"code":"unauthenticated"}' }));
  const { handle } = again();
  expect(await rejectionOf(handle)).toMatchObject({ code: 'unauthenticated' });
  backend().loseAnswer('POST /api/assets');
  await expectWhole(backend(), again(), content);
  expect(backend().count('PUT')).toBe(PARTS);
});

test('what can go on is told by project, without a token or a URL, until it is forgotten', async () => {
  await leaveUnfinished();
  const { client, handle } = again({ projectId: 'PRJ-2', file: largeFile(content, 'other.glb') });
  await handle;
  expect(await client.pendingUploads('PRJ-2')).toEqual([]);
  expect(await client.pendingUploads('PRJ-1')).toEqual([
    {
      assetId: 'AST-1',
      projectId: 'PRJ-1',
      fileName: 'scan.glb',
      fileSize: content.length,
      createdAt: expect.any(Number),
    },
  ]);
  expect(JSON.stringify(await store.list())).not.toContain('Signature');
  await client.forgetUploads();
  expect(await client.pendingUploads()).toEqual([]);
});

test.each([
  ['resume: false', { resume: false }],
  ['a Blob, which has no date', { file: new Blob([content]), fileName: 'scan.glb' }],
])('%s leaves no trace and is cancelled when it fails', async (_, upload) => {
  await leaveUnfinished(upload);
  expect(await store.list()).toEqual([]);
  await until(() => backend().cancelled.includes('AST-1'));
});

test('a store that fails costs the resume and not the upload', async () => {
  const broken = () => Promise.reject(new Error('QuotaExceededError'));
  const resumeStore = { get: broken, set: broken, delete: broken, list: broken };
  await expectWhole(backend(), startLarge(backend(), { file }, { resumeStore }), content);
  expect(backend().count('PUT')).toBe(PARTS);
});

test('of two tabs with the same file one sends it, and the other gets the same asset', async () => {
  backend().fail('PUT', null, neverAnswer);
  const first = again();
  await until(() => backend().count('PUT') === 2);
  const second = again();
  await until(() => second.handle.status === 'waiting');
  await expectWhole(backend(), first, content);
  expect(await second.handle).toEqual(await first.handle);
  expect(begun()).toBe(1);
  expect(backend().multipart.stored).toHaveLength(PARTS);
});

test('when the first tab gives up, the second goes on from there', async () => {
  backend().fail('PUT', null, null, cut);
  const retry = { attempts: 1, baseMs: 1, maxMs: 1 };
  const first = startLarge(backend(), { file }, { resumeStore: store, concurrency: 1, retry });
  await until(() => backend().count('PUT') >= 1);
  const second = again();
  expect(await rejectionOf(first.handle)).toMatchObject({ code: 'network' });
  await expectWhole(backend(), second, content);
  expect(begun()).toBe(1);
});

test('a second tab that waits can be aborted, and the first goes on', async () => {
  backend().fail('PUT', neverAnswer);
  const first = again();
  await until(() => backend().count('PUT') === 1);
  const second = again();
  await until(() => second.handle.status === 'waiting');
  await second.handle.abort();
  expect(second.handle.status).toBe('aborted');
  await expectWhole(backend(), first, content);
  expect(backend().cancelled).toEqual([]);
});
