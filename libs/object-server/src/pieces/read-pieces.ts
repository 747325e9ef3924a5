import { createReadStream } from 'node:fs';
import type { Piece } from './piece';

/** Both ends are included, as in an HTTP range. */
export interface ByteRange {
  start: number;
  end: number;
}

const READ_SIZE = 256 * 1024;

/** The bytes of a range over pieces that follow one another. */
export async function* readPieces(
  pieces: readonly Piece[],
  range: ByteRange,
  pathOf: (id: string) => string,
): AsyncGenerator<Buffer> {
  let offset = 0;
  for (const piece of pieces) {
    const start = Math.max(range.start - offset, 0);
    const end = Math.min(range.end - offset, piece.size - 1);
    offset += piece.size;
    if (start > end) continue;
    yield* createReadStream(pathOf(piece.id), { start, end, highWaterMark: READ_SIZE });
  }
}
