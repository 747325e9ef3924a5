import { FileError } from '../errors/file-error.js';
import { NetworkError } from '../errors/network-error.js';
import { HandDrivenClient } from '../testing/hand-driven-client.js';
import { until } from '../testing/until.js';
import { createUploadQueue, type UploadQueueOptions } from './upload-queue.js';

const inProject = { projectId: 'PRJ-1' };
const filesOf = (count: number, size = 10) =>
  Array.from(
    { length: count },
    (_, index) => new File(['x'.repeat(size)], `${index}.png`, { type: 'image/png' }),
  );

function queueOf(count: number, options: UploadQueueOptions = {}) {
  const client = new HandDrivenClient();
  const queue = createUploadQueue(client, options);
  const ids = queue.add(filesOf(count), inProject).map(({ id }) => id);
  const statuses = () => queue.snapshot().items.map(({ status }) => status);
  const started = () => client.uploads.map(({ options: { file } }) => (file as File).name);
  return { client, queue, ids, statuses, started };
}

/** Lets what was promised settle. */
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('turns', () => {
  test('three files are under way at once, and the next starts when one has ended', async () => {
    const { client, started } = queueOf(5);
    expect(started()).toEqual(['0.png', '1.png', '2.png']);
    client.at(1).succeed();
    client.at(0).fail(new NetworkError('cut'));
    await settled();
    expect(started()).toEqual(['0.png', '1.png', '2.png', '3.png', '4.png']);
  });

  test('how many is up to the host', () => {
    expect(queueOf(5, { concurrency: 1 }).started()).toEqual(['0.png']);
  });

  test('a paused file gives its place away and goes on when it is resumed', () => {
    const { client, queue, ids, statuses, started } = queueOf(4, { concurrency: 1 });
    client.at(0).enter('uploading', 4);
    queue.pause(ids[0]!);
    expect(started()).toEqual(['0.png', '1.png']);
    expect(queue.item(ids[0]!)).toMatchObject({ status: 'paused', progress: 40 });
    queue.resume(ids[0]!);
    expect(statuses().slice(0, 2)).toEqual(['uploading', 'preparing']);
    expect(client.uploads).toHaveLength(2);
  });

  test('a file that is paused before its turn is passed over until it is resumed', async () => {
    const { client, queue, ids, started } = queueOf(3, { concurrency: 1 });
    queue.pause(ids[1]!);
    client.at(0).succeed();
    await settled();
    expect(started()).toEqual(['0.png', '2.png']);
    queue.resume(ids[1]!);
    client.at(1).succeed();
    await settled();
    expect(started()).toEqual(['0.png', '2.png', '1.png']);
  });

  test('pauseAll stops what is under way and starts nothing new until resumeAll', () => {
    const { client, queue, statuses, started } = queueOf(4, { concurrency: 2 });
    client.at(0).enter('uploading', 5);
    queue.pauseAll();
    expect(statuses()).toEqual(['paused', 'paused', 'queued', 'queued']);
    queue.add(filesOf(1), inProject);
    expect(started()).toHaveLength(2);
    expect(queue.snapshot().paused).toBe(true);
    queue.resumeAll();
    expect(statuses()).toEqual(['uploading', 'uploading', 'queued', 'queued', 'queued']);
    expect(queue.snapshot().paused).toBe(false);
  });
});

describe('ends', () => {
  test('an uploaded file leaves its asset, and lets go of the file', async () => {
    const onUploaded = jest.fn();
    const { client, queue, ids } = queueOf(1, { onUploaded });
    client.at(0).succeed();
    await settled();
    const item = queue.item(ids[0]!);
    expect(item).toMatchObject({ status: 'done', progress: 100, asset: { id: 'AST-PRJ-1' }, file: null });
    expect(onUploaded.mock.calls).toEqual([[item?.asset, item]]);
  });

  test('what the host throws in onUploaded surfaces on its own, and the queue goes on', async () => {
    const onUploaded = () => {
      throw new Error('in the host');
    };
    const { client, statuses } = queueOf(2, { concurrency: 1, onUploaded });
    jest.useFakeTimers();
    client.at(0).succeed();
    await client.at(0).done;
    expect(() => jest.runAllTimers()).toThrow('in the host');
    jest.useRealTimers();
    expect(statuses()).toEqual(['done', 'preparing']);
  });

  test('a failed file keeps its error, and starts from nothing when it is tried again', async () => {
    const { client, queue, ids } = queueOf(1);
    client.at(0).enter('uploading', 5);
    const error = new NetworkError('cut');
    client.at(0).fail(error);
    await settled();
    expect(queue.item(ids[0]!)).toMatchObject({ status: 'error', error, progress: 0 });
    queue.retry(ids[0]!);
    expect(queue.item(ids[0]!)).toMatchObject({ status: 'preparing', error: null });
    client.at(1).succeed();
    // The first upload is nobody's any more.
    client.at(0).enter('uploading', 1);
    await settled();
    expect(queue.item(ids[0]!)).toMatchObject({ status: 'done', progress: 100 });
  });

  test('retryAll tries again what failed, and nothing else', async () => {
    const { client, queue, statuses } = queueOf(3);
    client.at(0).fail(new NetworkError('cut'));
    client.at(1).succeed();
    client.at(2).fail(new NetworkError('cut'));
    await settled();
    queue.retryAll();
    expect(statuses()).toEqual(['preparing', 'done', 'preparing']);
    expect(client.uploads).toHaveLength(5);
  });

  test('a file that is removed is aborted, forgotten, and gives its place away', () => {
    const { client, queue, ids, started } = queueOf(2, { concurrency: 1 });
    queue.remove(ids[0]!);
    expect(client.at(0).status).toBe('aborted');
    expect(queue.item(ids[0]!)).toBeUndefined();
    expect(started()).toEqual(['0.png', '1.png']);
    expect(queue.snapshot()).toMatchObject({ total: 10, counts: { aborted: 0 } });
  });

  test('an upload that the host aborts by its own signal is no failure', async () => {
    const { client, queue, ids } = queueOf(1);
    await client.at(0).abort();
    expect(queue.item(ids[0]!)).toMatchObject({ status: 'aborted', error: null });
  });

  test('abortAll ends what has not ended, clearDone forgets it and keeps the failures', async () => {
    const { client, queue, statuses } = queueOf(6);
    client.at(0).succeed();
    client.at(1).fail(new NetworkError('cut'));
    await settled();
    queue.abortAll();
    await settled();
    expect(statuses()).toEqual(['done', 'error', 'aborted', 'aborted', 'aborted', 'aborted']);
    expect(client.uploads).toHaveLength(5);
    queue.clearDone();
    expect(statuses()).toEqual(['error']);
    expect(queue.snapshot()).toMatchObject({
      total: 0,
      loaded: 0,
      counts: { done: 0, aborted: 0, error: 1 },
    });
  });

  test('clear leaves nothing behind', async () => {
    const { client, queue } = queueOf(6);
    client.at(0).succeed();
    await settled();
    queue.pauseAll();
    const cleared = queue.clear();
    expect(client.uploads.every(({ status }) => status === 'done' || status === 'aborted')).toBe(true);
    expect(queue.snapshot()).toMatchObject({ items: [], total: 0, loaded: 0, progress: 0, paused: false });
    expect(Object.values(queue.snapshot().counts).every((count) => count === 0)).toBe(true);
    await cleared;
  });

  test('of many uploaded files the latest stay listed, and all stay counted', async () => {
    const { client, queue } = queueOf(5, { keepDone: 2, concurrency: 5 });
    for (const upload of client.uploads) upload.succeed();
    await settled();
    expect(queue.snapshot().items.map(({ name }) => name)).toEqual(['3.png', '4.png']);
    expect(queue.snapshot()).toMatchObject({ counts: { done: 5 }, total: 50, loaded: 50, progress: 100 });
    queue.clearDone();
    expect(queue.snapshot()).toMatchObject({ items: [], counts: { done: 0 }, total: 0 });
  });
});

describe('what is told', () => {
  test('progress is weighted by bytes, without the failed ones, and 100 only when nothing is left', async () => {
    const { client, queue } = queueOf(2, { concurrency: 4 });
    queue.add(filesOf(1, 80), inProject);
    client.at(2).enter('uploading', 40);
    expect(queue.snapshot()).toMatchObject({ total: 100, loaded: 40, progress: 40, uploading: true });
    client.at(0).fail(new NetworkError('cut'));
    await settled();
    expect(queue.snapshot()).toMatchObject({ total: 90, loaded: 40, progress: 44 });
    client.at(1).succeed();
    client.at(2).enter('completing', 80);
    await settled();
    expect(queue.snapshot()).toMatchObject({ loaded: 90, progress: 99 });
    client.at(2).succeed();
    await settled();
    expect(queue.snapshot()).toMatchObject({ loaded: 90, progress: 100, uploading: false });
  });

  test('10,000 files that are added together, and what follows at once, are told once', async () => {
    const { queue } = queueOf(0);
    const listener = jest.fn();
    queue.subscribe(listener);
    queue.add(filesOf(10_000, 1), inProject);
    queue.pauseAll();
    expect(queue.snapshot().counts).toMatchObject({ queued: 9_997, paused: 3 });
    await settled();
    expect(listener).toHaveBeenCalledTimes(1);
  });

  test('changes are told ten times a second at most, the last one included', async () => {
    const { client, queue, ids } = queueOf(1);
    const seen: (number | undefined)[] = [];
    queue.subscribe(() => seen.push(queue.item(ids[0]!)?.loaded));
    for (let loaded = 1; loaded <= 10; loaded += 1) {
      client.at(0).enter('uploading', loaded);
      await settled();
    }
    await until(() => seen.at(-1) === 10);
    expect(seen.length).toBeLessThan(5);
  });

  test('a row hears of its own file only, until it leaves', async () => {
    const { client, queue, ids } = queueOf(2);
    const [first, second, left] = [jest.fn(), jest.fn(), jest.fn()];
    queue.subscribeTo(ids[0]!, first);
    queue.subscribeTo(ids[1]!, second);
    queue.subscribeTo(ids[0]!, left)();
    const before = queue.item(ids[1]!);
    client.at(0).enter('uploading', 5);
    await until(() => first.mock.calls.length > 0);
    expect([first.mock.calls.length, second.mock.calls.length, left.mock.calls.length]).toEqual([1, 0, 0]);
    expect(queue.item(ids[1]!)).toBe(before);
    queue.remove(ids[0]!);
    await until(() => first.mock.calls.length > 1);
  });

  test('nothing is told when nothing has changed', async () => {
    const { client, queue } = queueOf(1);
    client.at(0).enter('uploading', 5);
    await settled();
    const before = queue.snapshot();
    client.at(0).enter('uploading', 5);
    expect(queue.snapshot()).toBe(before);
  });
});

test('10,000 files that are refused at once do not hold the thread until the last', async () => {
  const client = new HandDrivenClient();
  const refusing = {
    uploadFile: (options: Parameters<HandDrivenClient['uploadFile']>[0]) => {
      const handle = client.uploadFile(options);
      client.at(-1).fail(new FileError('file_empty', 'The file is empty.'));
      return handle;
    },
  };
  const queue = createUploadQueue(refusing);
  queue.add(filesOf(10_000, 1), inProject);
  await settled();
  expect(queue.snapshot().counts.queued).toBeGreaterThan(9_000);
  await until(() => queue.snapshot().counts.error === 10_000);
});
