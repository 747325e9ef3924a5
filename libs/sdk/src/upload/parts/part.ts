import type { MultipartPlan } from '../../client/wire.js';

/** A signed PUT of one part. */
export interface PartUrl {
  url: string;
  headers: Record<string, string>;
  /** By this device's clock, in milliseconds: until then a PUT may start. */
  startBefore: number;
}

/** One part on its way. There are only as many of them as are being hashed, signed and sent. */
export interface Part {
  /** From 1. */
  readonly number: number;
  /** Bytes `start` to `end` of the file, the latter not included. */
  readonly start: number;
  readonly end: number;
  /** Base64; null until it was read. */
  sum: string | null;
  /** Null until it is signed, and after each failure. */
  url: PartUrl | null;
  /** The bytes in memory, once sending them from the file has failed. */
  copy: Blob | null;
  /** PUTs that failed, in all. */
  failures: number;
  /** PUTs that failed, and among them those with an expired URL, since the upload last got on. */
  recent: { failures: number; refusals: number; progress: number };
  /** Other bytes arrived than were hashed. */
  mismatched: boolean;
}

const newPart = (number: number, start: number, end: number): Part => ({
  number,
  start,
  end,
  sum: null,
  url: null,
  copy: null,
  failures: 0,
  recent: { failures: 0, refusals: 0, progress: 0 },
  mismatched: false,
});

export const sizeOf = ({ start, end }: Pick<Part, 'start' | 'end'>): number => end - start;

/** Where part `number` lies in a file of `fileSize` bytes. */
export function rangeOf(number: number, partSize: number, fileSize: number): { start: number; end: number } {
  const start = (number - 1) * partSize;
  return { start, end: Math.min(start + partSize, fileSize) };
}

/** The parts to be sent, in order, made one at a time: a file may have ten thousand. */
export function* missingParts(
  { part_size, part_count }: MultipartPlan,
  fileSize: number,
  stored: ReadonlySet<number>,
): Generator<Part, void> {
  for (let number = 1; number <= part_count; number += 1) {
    if (stored.has(number)) continue;
    const { start, end } = rangeOf(number, part_size, fileSize);
    yield newPart(number, start, end);
  }
}
