import { DataSource, type EntityManager, type EntitySchema, type MixedList } from 'typeorm';
import { sqlState } from './database-errors';
import { impatientSocket } from './impatient-socket';

export interface DatabaseOptions {
  url: string;
  entities: MixedList<Function | string | EntitySchema>;
  /** Connections this process may hold; the default suits one API instance beside one worker. */
  poolSize?: number;
  applicationName: string;
  /** How long a connection may be silent before it is taken for lost. Milliseconds. */
  silenceMs?: number;
}

const STATEMENT_TIMEOUT_MS = 15_000;

/** Twice what a statement may take, so that only a lost connection is ever that silent. */
const SILENCE_MS = 2 * STATEMENT_TIMEOUT_MS;

/** An open connection pool; close with `destroy()`. */
export async function openDatabase(options: DatabaseOptions): Promise<DataSource> {
  const source = new DataSource({
    type: 'postgres',
    url: options.url,
    entities: options.entities,
    synchronize: false,
    migrationsRun: false,
    applicationName: options.applicationName,
    poolSize: options.poolSize ?? 10,
    connectTimeoutMS: 5_000,
    // A statement that hangs must not hold a request, a pool slot and its locks for ever.
    extra: {
      statement_timeout: STATEMENT_TIMEOUT_MS,
      idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
      keepAlive: true,
      stream: () => impatientSocket(options.silenceMs ?? SILENCE_MS),
    },
  });
  return source.initialize();
}

const SERIALIZATION_FAILURE = '40001';
const DEADLOCK_DETECTED = '40P01';
const ATTEMPTS = 3;

/**
 * Runs `work` in one transaction. Only database calls belong inside: no network, no files.
 * Repeats it when PostgreSQL chose it as a deadlock's victim, so `work` must not keep state outside.
 */
export async function inTransaction<Result>(
  db: DataSource,
  work: (tx: EntityManager) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction(work);
    } catch (error) {
      const state = sqlState(error);
      const repeatable = state === DEADLOCK_DETECTED || state === SERIALIZATION_FAILURE;
      if (!repeatable || attempt === ATTEMPTS) throw error;
    }
  }
}
