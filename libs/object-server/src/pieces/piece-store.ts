import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { syncFolder } from '../files/sync-folder';
import { put, remove, type Change } from '../ledger/entry';
import type { Ledger } from '../ledger/ledger';
import { scan } from '../ledger/scan';
import type { ServerLogger } from '../server-logger';
import { linkOrCopy } from '../files/link-or-copy';
import type { Piece } from './piece';
import { readPieces, type ByteRange } from './read-pieces';
import { writePiece } from './write-piece';

const LOOSE = 'loose/';
const looseKey = (id: string): string => `${LOOSE}${id}`;

/**
 * Files of bytes. A piece is *loose* while no object owns it: it is announced in the ledger before its first byte, the
 * commit that gives it to an object claims it, the commit that takes it away releases it. So a crash at any moment leaves
 * each piece either owned or on the list of loose ones, which the next start removes.
 */
export class PieceStore {
  private readonly readers = new Map<string, number>();

  private constructor(
    private readonly folder: string,
    private readonly ledger: Ledger,
    private readonly logger: ServerLogger,
  ) {}

  static async open(folder: string, ledger: Ledger, logger: ServerLogger): Promise<PieceStore> {
    const store = new PieceStore(folder, ledger, logger);
    for (let number = 0; number < 256; number++) {
      await mkdir(join(folder, number.toString(16).padStart(2, '0')), { recursive: true });
    }
    await syncFolder(folder);
    await store.removeLoose();
    return store;
  }

  /** Streams into a new loose piece; when the stream fails nothing stays. */
  async receive(chunks: AsyncIterable<Buffer>): Promise<Piece> {
    const id = this.announce();
    try {
      const size = await writePiece(this.path(id), chunks);
      await syncFolder(dirname(this.path(id)));
      return { id, size };
    } catch (error) {
      await this.discard([{ id }]);
      throw error;
    }
  }

  /** New loose pieces with the same bytes, without copying them where the file system has hard links. */
  async duplicate(pieces: readonly Piece[]): Promise<Piece[]> {
    const copies: Piece[] = [];
    try {
      for (const piece of pieces) {
        const copy = { id: this.announce(), size: piece.size };
        copies.push(copy);
        await linkOrCopy(this.path(piece.id), this.path(copy.id));
      }
      const folders = new Set(copies.map((copy) => dirname(this.path(copy.id))));
      await Promise.all([...folders].map(syncFolder));
      return copies;
    } catch (error) {
      await this.discard(copies);
      throw error;
    }
  }

  /** To be written together with the record that owns the pieces from now on. */
  claim(pieces: readonly Piece[]): Change[] {
    return pieces.map((piece) => remove(looseKey(piece.id)));
  }

  /** To be written together with the change that takes the pieces from their owner; `discard` them afterwards. */
  release(pieces: readonly Piece[]): Change[] {
    return pieces.map((piece) => put(looseKey(piece.id), { id: piece.id }));
  }

  /**
   * Removes loose pieces; one that is being read goes when its last reader is done. Never fails: the work that made them
   * loose is done or lost already, and what stays is removed at the next start.
   */
  async discard(pieces: readonly { id: string }[]): Promise<void> {
    const unused = pieces.filter(({ id }) => !this.readers.has(id));
    if (unused.length === 0) return;
    try {
      await Promise.all(unused.map(({ id }) => rm(this.path(id), { force: true })));
      this.ledger.write(unused.map(({ id }) => remove(looseKey(id))));
    } catch (error) {
      this.logger.warn({ err: error }, 'The object server could not remove pieces; its next start will');
    }
  }

  /** Keeps the pieces readable, though their object may be replaced meanwhile, until the returned function is called. */
  hold(pieces: readonly Piece[]): () => Promise<void> {
    for (const { id } of pieces) this.readers.set(id, (this.readers.get(id) ?? 0) + 1);
    return () => this.letGo(pieces);
  }

  /** `hold` the pieces while reading. */
  read(pieces: readonly Piece[], range: ByteRange): AsyncGenerator<Buffer> {
    return readPieces(pieces, range, (id) => this.path(id));
  }

  private async letGo(pieces: readonly Piece[]): Promise<void> {
    const last = pieces.filter(({ id }) => {
      const others = (this.readers.get(id) ?? 1) - 1;
      if (others > 0) this.readers.set(id, others);
      else this.readers.delete(id);
      return others === 0 && this.ledger.get(looseKey(id)) !== undefined;
    });
    await this.discard(last);
  }

  private announce(): string {
    const id = randomBytes(16).toString('hex');
    this.ledger.write(this.release([{ id, size: 0 }]));
    return id;
  }

  private async removeLoose(): Promise<void> {
    for (const piece of scan<{ id: string }>(this.ledger, { prefix: LOOSE })) await this.discard([piece]);
  }

  private path(id: string): string {
    return join(this.folder, id.slice(0, 2), id);
  }
}
