const MIB = 1024 * 1024;
const GIB = 1024 * MIB;

/** S3 takes no more parts than this. https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
export const MAX_PARTS = 10_000;

/** The largest object S3 was long able to hold, and the most the last rung can carry in 10,000 parts. Bytes. */
export const MAX_UPLOAD_SIZE = 5 * 1024 * GIB;

/**
 * Part sizes by size of file. A fixed function, so that equal files have equal sums of sums; small at first, because
 * a part is what is lost when a connection breaks, and what is hashed in one go.
 */
const LADDER = [
  { upTo: GIB, partSize: 8 * MIB },
  { upTo: 16 * GIB, partSize: 16 * MIB },
  { upTo: 128 * GIB, partSize: 32 * MIB },
  { upTo: 512 * GIB, partSize: 64 * MIB },
  { upTo: MAX_UPLOAD_SIZE, partSize: 640 * MIB },
] as const;

/** Sizes in bytes. */
export interface PartPlan {
  partSize: number;
  partCount: number;
}

/** How a file is cut; null when it travels in one PUT. Throws `RangeError` above `MAX_UPLOAD_SIZE`. */
export function planParts(fileSize: number, singlePutLimit: number): PartPlan | null {
  if (fileSize <= singlePutLimit) return null;
  const rung = LADDER.find(({ upTo }) => fileSize <= upTo);
  if (!rung) throw new RangeError(`No plan for ${fileSize} bytes`);
  return { partSize: rung.partSize, partCount: Math.ceil(fileSize / rung.partSize) };
}

/** Bytes of one part; `partNumber` from 1. All are full but the last. */
export function sizeOfPart(fileSize: number, { partSize, partCount }: PartPlan, partNumber: number): number {
  return partNumber < partCount ? partSize : fileSize - (partCount - 1) * partSize;
}
