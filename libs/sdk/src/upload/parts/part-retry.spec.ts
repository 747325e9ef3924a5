import { AbortedError } from '../../errors/aborted-error.js';
import { NetworkError } from '../../errors/network-error.js';
import { StorageError } from '../../errors/storage-error.js';
import { missingParts, type Part } from './part.js';
import { retryPart } from './part-retry.js';

const policy = { attempts: 3, baseMs: 10, maxMs: 100, patienceMs: 5000 };
const cut = new NetworkError('cut');
const refused = new StorageError({ status: 403 });
const otherBytes = new StorageError({ status: 400, storageCode: 'BadDigest' });

function newPart(): Part {
  const plan = { part_size: 10, part_count: 1, checksum: 'sha256' } as const;
  const { value } = missingParts(plan, 10, new Set()).next();
  return value as Part;
}

const retry = (part: Part, error: unknown, { progress = 0, offline = false } = {}) =>
  retryPart(part, error, { policy, progress, offline });

test('a part is tried as often as the policy says, and once more for each time the upload got on', () => {
  const part = newPart();
  for (const progress of [0, 0, 1, 1, 2, 2]) retry(part, cut, { progress });
  expect(() => retry(part, cut, { progress: 2 })).toThrow(cut);
});

test('offline, tries do not count', () => {
  const part = newPart();
  for (let times = 0; times < 50; times += 1) retry(part, cut, { offline: true });
  expect(part.recent.failures).toBe(0);
});

test('the URL is never used twice, and from the second failure on the bytes are read again', () => {
  const part = newPart();
  part.url = { url: 'http://storage', headers: {}, startBefore: 0 };
  expect(retry(part, cut)).toMatchObject({ reread: false });
  expect(part.url).toBeNull();
  expect(retry(part, cut)).toMatchObject({ reread: true });
});

test('a URL that is refused is signed anew twice, and no more without progress', () => {
  const part = newPart();
  retryPart(part, refused, { policy: { ...policy, attempts: 10 }, progress: 0, offline: false });
  retryPart(part, refused, { policy: { ...policy, attempts: 10 }, progress: 0, offline: false });
  expect(() => retry(part, refused)).toThrow(refused);
  expect(retry(part, refused, { progress: 1 })).toMatchObject({ reread: true });
});

test('other bytes than were hashed are read again once', () => {
  const part = newPart();
  expect(retry(part, otherBytes)).toMatchObject({ reread: true });
  expect(() => retry(part, otherBytes, { progress: 5 })).toThrow(otherBytes);
});

test('the wait is never shorter than the storage asked for, and one beyond patience is not waited for', () => {
  const asks = (retryAfterMs: number) => new StorageError({ status: 503, retryAfterMs });
  expect(retry(newPart(), asks(3000)).delayMs).toBe(3000);
  expect(() => retry(newPart(), asks(6000))).toThrow('503');
});

test('what is not of the storage, such as an abort or a fault of our own, is not tried again', () => {
  const bug = new TypeError('bug');
  expect(() => retry(newPart(), bug)).toThrow(bug);
  expect(() => retry(newPart(), new AbortedError())).toThrow('aborted');
});
