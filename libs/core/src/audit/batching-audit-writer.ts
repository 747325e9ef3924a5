import { setImmediate as turn } from 'node:timers/promises';
import { isDatabaseUnavailable } from '@slipway/platform/db/database-errors';
import { runPrepared } from '@slipway/platform/db/prepared';
import type { DataSource } from 'typeorm';
import type { AuditFacts, AuditWriter } from '../shared/audit-writer';
import type { Principal } from '../shared/principal';
import { INSERT_EVENTS, jsonOf, type NewEvent, toNewEvent } from './insert-events';

interface Waiting {
  event: NewEvent;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** Rows in one statement, so that a crowd cannot make one that runs into its time limit. */
const BATCH = 500;

/**
 * Group commit: what arrives while a statement is under way goes into the next one, and each caller hears of its own row
 * when that is committed. A call alone waits for nobody.
 */
export class BatchingAuditWriter implements AuditWriter {
  private waiting: Waiting[] = [];
  private writing: Promise<void> | null = null;

  constructor(private readonly db: DataSource) {}

  recordGrant(principal: Principal, facts: AuditFacts): Promise<void> {
    return this.write(toNewEvent(principal, facts));
  }

  recordRefusal(principal: Principal, facts: AuditFacts & { reason: string }): Promise<void> {
    return this.write(toNewEvent(principal, { ...facts, result: 'refused' }));
  }

  async drain(): Promise<void> {
    await this.writing;
  }

  private write(event: NewEvent): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ event, resolve, reject });
      this.writing ??= this.writeAll();
    });
  }

  private async writeAll(): Promise<void> {
    while (this.waiting.length > 0) {
      // Calls whose answers from the database came together go together.
      await turn();
      await this.writeBatch(this.waiting.splice(0, BATCH));
    }
    this.writing = null;
  }

  /** A row that the database refuses must not take the others with it. */
  private async writeBatch(batch: readonly Waiting[]): Promise<void> {
    try {
      await runPrepared(this.db, INSERT_EVENTS, [jsonOf(batch.map(({ event }) => event))]);
      for (const { resolve } of batch) resolve();
    } catch (error) {
      if (batch.length > 1 && !isDatabaseUnavailable(error)) {
        for (const one of batch) await this.writeBatch([one]);
      } else for (const { reject } of batch) reject(error);
    }
  }
}
