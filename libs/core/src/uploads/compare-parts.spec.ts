import { createHash } from 'node:crypto';
import type { StoredPart } from '@slipway/platform/object-store/object-store';
import { compareParts, judgePart, type AnnouncedPart } from './compare-parts';

const sum = (algorithm: string, text: string, encoding: 'hex' | 'base64') =>
  createHash(algorithm).update(text).digest(encoding);

const announcedBySha = (partNumber: number, text: string): AnnouncedPart => ({
  partNumber,
  fileSize: text.length,
  checksumSha256: sum('sha256', text, 'base64'),
  contentMd5: null,
});

const announcedByMd5 = (partNumber: number, text: string): AnnouncedPart => ({
  partNumber,
  fileSize: text.length,
  checksumSha256: null,
  contentMd5: sum('md5', text, 'base64'),
});

const stored = (partNumber: number, text: string, change: Partial<StoredPart> = {}): StoredPart => ({
  partNumber,
  size: text.length,
  etag: sum('md5', text, 'hex'),
  checksumSha256: sum('sha256', text, 'base64'),
  ...change,
});

describe('A part', () => {
  test.each([announcedBySha(1, 'one'), announcedByMd5(1, 'one')])('is the announced one: %p', (announced) => {
    expect(judgePart(stored(1, 'one'), announced)).toBe('same');
  });

  test.each([announcedBySha(1, 'one'), announcedByMd5(1, 'one')])(
    'of the same length with other bytes is another: %p',
    (announced) => {
      expect(judgePart(stored(1, 'two'), announced)).toBe('other');
    },
  );

  test('of another length is another, whatever sums are told', () => {
    expect(judgePart(stored(1, 'one', { size: 4 }), announcedBySha(1, 'one'))).toBe('other');
  });

  test('whose SHA-256 the storage does not keep is unproven', () => {
    expect(judgePart(stored(1, 'one', { checksumSha256: null }), announcedBySha(1, 'one'))).toBe('unproven');
  });

  test('whose ETag is no MD5 is unproven', () => {
    expect(judgePart(stored(1, 'one', { etag: 'opaque-1' }), announcedByMd5(1, 'one'))).toBe('unproven');
  });
});

describe('The parts of an upload', () => {
  const announced = [announcedBySha(1, 'one'), announcedBySha(2, 'two'), announcedBySha(3, 'three')];

  test('are all there', () => {
    const parts = [stored(1, 'one'), stored(2, 'two'), stored(3, 'three')];
    expect(compareParts(3, announced, parts)).toEqual({ present: parts, missing: [], proven: true });
  });

  test('come by number, whatever order the storage lists them in', () => {
    const { present } = compareParts(3, announced, [stored(3, 'three'), stored(1, 'one'), stored(2, 'two')]);
    expect(present.map((part) => part.partNumber)).toEqual([1, 2, 3]);
  });

  test('that are absent, not the announced ones, or never announced, are missing', () => {
    const parts = [stored(1, 'one'), stored(2, 'TWO'), stored(4, 'four')];
    expect(compareParts(4, announced, parts).missing).toEqual([2, 3, 4]);
  });

  test('beyond the last are ignored', () => {
    expect(compareParts(1, announced, [stored(1, 'one'), stored(2, 'two')]).present).toHaveLength(1);
  });

  test('are unproven as a whole when one is', () => {
    const parts = [stored(1, 'one'), stored(2, 'two', { checksumSha256: null })];
    expect(compareParts(2, announced, parts).proven).toBe(false);
  });
});
