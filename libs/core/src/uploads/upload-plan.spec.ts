import { assert, integer, property } from 'fast-check';
import { MAX_PARTS, MAX_UPLOAD_SIZE, planParts, sizeOfPart } from './upload-plan';

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;
const LIMIT = 16 * MIB;
/** S3 takes no smaller part but the last, and no larger one. */
const PART_SIZES = { min: 5 * MIB, max: 5 * GIB };

test.each([1, LIMIT])('%p bytes travel in one PUT', (size) => {
  expect(planParts(size, LIMIT)).toBeNull();
});

test.each([
  [LIMIT + 1, 8 * MIB, 3],
  [GIB, 8 * MIB, 128],
  [GIB + 1, 16 * MIB, 65],
  [16 * GIB, 16 * MIB, 1024],
  [128 * GIB, 32 * MIB, 4096],
  [512 * GIB, 64 * MIB, 8192],
  [MAX_UPLOAD_SIZE, 640 * MIB, 8192],
])('%p bytes go in parts of %p', (size, partSize, partCount) => {
  expect(planParts(size, LIMIT)).toEqual({ partSize, partCount });
});

test('a limit raised above the ladder’s first rung leaves the rungs where they are', () => {
  expect(planParts(2 * GIB, GIB)).toEqual({ partSize: 16 * MIB, partCount: 128 });
});

test('more than the last rung carries has no plan', () => {
  expect(() => planParts(MAX_UPLOAD_SIZE + 1, LIMIT)).toThrow(RangeError);
});

test('the parts of any file are within the limits of S3 and add up to the file', () => {
  assert(
    property(integer({ min: LIMIT + 1, max: MAX_UPLOAD_SIZE }), (size) => {
      const plan = planParts(size, LIMIT);
      if (!plan) throw new Error('no plan');
      const { partSize, partCount } = plan;
      const last = sizeOfPart(size, plan, partCount);
      expect(partCount).toBeLessThanOrEqual(MAX_PARTS);
      expect(partSize).toBeGreaterThanOrEqual(PART_SIZES.min);
      expect(partSize).toBeLessThanOrEqual(PART_SIZES.max);
      expect(last).toBeGreaterThan(0);
      expect(last).toBeLessThanOrEqual(partSize);
      expect((partCount - 1) * partSize + last).toBe(size);
      expect(sizeOfPart(size, plan, 1)).toBe(partCount > 1 ? partSize : size);
    }),
    { numRuns: 2000 },
  );
});
