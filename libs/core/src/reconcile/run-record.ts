import type { EntityManager } from 'typeorm';
import type { FindingKind } from './finding';
import { ReconcileRun, type Counts } from './reconcile-run.entity';

const SAVE_EVERY_MS = 5_000;

/**
 * Keeps the row of a run up to date while it goes on. That also keeps its connection from falling silent; when the row
 * cannot be written any more the lock is lost as well, and `signal` aborts.
 */
export class RunRecord {
  private readonly lost = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private saving = Promise.resolve();

  private constructor(
    readonly run: ReconcileRun,
    private readonly connection: EntityManager,
  ) {
    this.timer = setInterval(() => this.saveSoon(), SAVE_EVERY_MS);
  }

  static async begin(run: ReconcileRun, connection: EntityManager): Promise<RunRecord> {
    await connection.insert(ReconcileRun, run);
    return new RunRecord(run, connection);
  }

  get signal(): AbortSignal {
    return this.lost.signal;
  }

  count(what: 'found' | 'repaired' | 'failed', kind: FindingKind): void {
    const counts: Counts = this.run[what];
    counts[kind] = (counts[kind] ?? 0) + 1;
  }

  countObjects(objects: number): void {
    this.run.objects += objects;
  }

  /** With an error, the run stays unfinished. */
  async end(at: Date, error: unknown = null): Promise<void> {
    clearInterval(this.timer);
    await this.saving;
    if (error === null) this.run.finishedAt = at;
    else this.run.error = error instanceof Error ? error.message : 'It was stopped.';
    await this.save();
  }

  private saveSoon(): void {
    this.saving = this.saving.then(() => this.save()).catch((error: unknown) => this.lost.abort(error));
  }

  private async save(): Promise<void> {
    const { id, ...columns } = this.run;
    try {
      await this.connection.update(ReconcileRun, id, columns);
    } catch (cause) {
      throw new Error('The run lost its connection to the database.', { cause });
    }
  }
}
