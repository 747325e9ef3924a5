import { mkdir } from 'node:fs/promises';
import { syncFolder } from '../files/sync-folder';
import type { ServerLogger } from '../server-logger';
import { atOrAfter, type Bound } from './bounds';
import { chooseMerge } from './choose-merge';
import type { Change, Cursor } from './entry';
import { logPath, removeLeftovers, tablePath } from './ledger-files';
import { LogFile, replayLog } from './log-file';
import { readManifest, writeManifest, type Manifest } from './manifest';
import { MemoryTable } from './memory-table';
import { mergeCursors } from './merge-cursors';
import { TableFile } from './table-file';
import { writeTable } from './write-table';

export interface LedgerOptions {
  logger: ServerLogger;
  /** Bytes of log after which it is emptied into a table; small enough to be replayed in a blink at the next start. */
  rotateAt?: number;
}

const ROTATE_AT = 4 * 1024 * 1024;
const everything = atOrAfter('');

/**
 * Ordered, crash-safe map from keys to JSON values: a log of the newest changes, mirrored in memory, and sorted immutable
 * tables that it is emptied into and that are merged in the background (a log-structured merge tree). Memory holds the
 * log's entries and the first key of each 8 KiB block, whatever the number of entries.
 */
export class Ledger {
  private memory = new MemoryTable();
  private log: LogFile;
  private logNumber: number;
  /** What is being written to a table just now. */
  private frozen: MemoryTable | null = null;
  private retiring: LogFile | null = null;
  private tables: TableFile[] = [];
  private maintenance: Promise<void> | null = null;

  private constructor(
    private readonly folder: string,
    private readonly options: LedgerOptions,
    private manifest: Manifest,
  ) {}

  /** Opens or creates the ledger in `folder`, and repairs what a crash left there. One process may have it open. */
  static async open(folder: string, options: LedgerOptions): Promise<Ledger> {
    await mkdir(folder, { recursive: true });
    const ledger = new Ledger(folder, options, readManifest(folder));
    await ledger.recover();
    return ledger;
  }

  get(key: string): unknown {
    for (const source of this.sources()) {
      const value = source.get(key);
      if (value !== undefined) return value ?? undefined;
    }
    return undefined;
  }

  /** Deleted keys are left out. See `Cursor` for how long it may be kept. */
  cursor(bound: Bound): Cursor {
    return mergeCursors(
      this.sources().map((source) => source.cursor(bound)),
      { keepDeleted: false },
    );
  }

  /**
   * Visible at once and safe from a crash of the process when it returns; call `sync` before telling anybody that it is
   * done. Synchronous, so that a check and the write that relies on it need no lock.
   */
  write(changes: readonly Change[]): void {
    this.log.append(changes);
    for (const change of changes) this.memory.set(change);
    if (this.log.size >= (this.options.rotateAt ?? ROTATE_AT)) this.maintain();
  }

  /**
   * Resolves when everything written so far would survive a power cut. Once the disk refused a flush this fails until the
   * server is started again, because the kernel may have thrown the unwritten pages away.
   */
  async sync(): Promise<void> {
    await Promise.all([this.retiring?.sync(), this.log.sync()]);
  }

  /** Resolves when no background work is left; for tests and for `close`. */
  async settled(): Promise<void> {
    while (this.maintenance) await this.maintenance;
  }

  async close(): Promise<void> {
    await this.settled();
    await this.sync();
    this.log.close();
    this.retiring?.close();
    for (const table of this.tables) table.close();
  }

  private sources(): (MemoryTable | TableFile)[] {
    return this.frozen ? [this.memory, this.frozen, ...this.tables] : [this.memory, ...this.tables];
  }

  private async recover(): Promise<void> {
    const logs = await removeLeftovers(this.folder, this.manifest);
    this.logNumber = logs.at(-1) ?? this.manifest.firstLog;
    this.manifest.nextNumber = Math.max(this.manifest.nextNumber, this.logNumber + 1);
    this.tables = this.manifest.tables.map((number) => new TableFile(tablePath(this.folder, number)));
    let size = 0;
    for (const number of logs) size = this.replay(number);
    this.log = new LogFile(logPath(this.folder, this.logNumber), size);
    await syncFolder(this.folder);
  }

  private replay(number: number): number {
    return replayLog(logPath(this.folder, number), (change) => this.memory.set(change));
  }

  private maintain(): void {
    this.maintenance ??= this.emptyLog()
      .then(() => this.mergeTables())
      .catch((error: unknown) => {
        // Nothing is lost: the log still holds what the table did not get. The next write tries again.
        this.options.logger.error({ err: error }, 'The object server could not tidy its ledger');
      })
      .finally(() => {
        this.maintenance = null;
      });
  }

  private async emptyLog(): Promise<void> {
    if (!this.frozen) await this.rotateLog();
    const { frozen, retiring } = this;
    if (!frozen || !retiring) return;
    const number = this.manifest.nextNumber++;
    await writeTable(tablePath(this.folder, number), frozen.cursor(everything));
    const tables = [number, ...this.manifest.tables];
    await this.publish({ ...this.manifest, tables, firstLog: this.logNumber });
    this.tables = [new TableFile(tablePath(this.folder, number)), ...this.tables];
    this.frozen = null;
    await retiring.sync();
    this.retiring = null;
    retiring.close();
    await removeLeftovers(this.folder, this.manifest);
  }

  private async rotateLog(): Promise<void> {
    const number = this.manifest.nextNumber++;
    const log = new LogFile(logPath(this.folder, number));
    await syncFolder(this.folder);
    this.retiring = this.log;
    this.frozen = this.memory;
    this.log = log;
    this.logNumber = number;
    this.memory = new MemoryTable();
  }

  private async mergeTables(): Promise<void> {
    const count = chooseMerge(this.tables.map((table) => table.size));
    if (count === 0) return;
    const merged = this.tables.slice(0, count);
    const kept = this.tables.slice(count);
    const number = this.manifest.nextNumber++;
    const cursors = merged.map((table) => table.cursor(everything));
    // A deletion may be forgotten only when no older table could still hold what it deleted.
    await writeTable(tablePath(this.folder, number), mergeCursors(cursors, { keepDeleted: kept.length > 0 }));
    await this.publish({ ...this.manifest, tables: [number, ...this.manifest.tables.slice(count)] });
    this.tables = [new TableFile(tablePath(this.folder, number)), ...kept];
    for (const table of merged) table.close();
    await removeLeftovers(this.folder, this.manifest);
  }

  private async publish(manifest: Manifest): Promise<void> {
    await writeManifest(this.folder, manifest);
    this.manifest = manifest;
  }
}
