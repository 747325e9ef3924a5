/** An immutable file of bytes that belongs to exactly one object or part. */
export interface Piece {
  readonly id: string;
  /** Bytes. */
  readonly size: number;
}

export const totalSize = (pieces: readonly Piece[]): number =>
  pieces.reduce((sum, piece) => sum + piece.size, 0);
