import { Logger, runMigrations as migrateJobQueue } from 'graphile-worker';
import { Pool, type Client } from 'pg';
import { withConnection } from './connect';
import { migrations } from './migrations/all';
import type { Migration } from './migrations/migration';

/** Any number, as long as every process of every version takes the same one. */
const LOCK = 7_305_114_829;

// Asked for first: whoever may not create tables has nothing to do here when all is done.
const HAS_HISTORY = `select to_regclass('schema_migrations') is not null as yes`;
const HISTORY = `
  create table schema_migrations (
    name text primary key,
    applied_at timestamptz not null default now()
  )`;

/** Reports nothing: what the job queue says while it migrates is of no use to anyone who is not working on it. */
const silentLogger = new Logger(() => () => undefined);

async function apply(client: Client, { name, sql }: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(sql);
    await client.query('insert into schema_migrations (name) values ($1)', [name]);
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback');
    throw new Error(`Migration ${name} failed: ${(cause as Error).message}`, { cause });
  }
}

async function applyMissing(client: Client, all: readonly Migration[]): Promise<string[]> {
  const { rows: found } = await client.query<{ yes: boolean }>(HAS_HISTORY);
  if (found[0]?.yes !== true) await client.query(HISTORY);
  const { rows } = await client.query<{ name: string }>('select name from schema_migrations');
  const applied = new Set(rows.map(({ name }) => name));
  const missing = all.filter(({ name }) => !applied.has(name));
  for (const migration of missing) await apply(client, migration);
  return missing.map(({ name }) => name);
}

async function prepareJobQueue(url: string): Promise<void> {
  // Given its own pool, the queue ends it without waiting, and its connections outlive this call.
  const pool = new Pool({ connectionString: url, max: 2 });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  try {
    await migrateJobQueue({ pgPool: pool, logger: silentLogger });
  } finally {
    await pool.end();
  }
}

/** Resolves when this process alone works on the schema; released with the connection, whatever happens. */
export const lockSchema = (client: Client): Promise<unknown> =>
  client.query('select pg_advisory_lock($1)', [LOCK]);

/**
 * Brings the schema and the job queue's own up to date; resolves to the names of what ran. Any number of processes may
 * call it at once: one works, the others wait and find nothing to do. Throws `DatabaseUnreachableError`, or the error
 * of the migration that failed, of which nothing is kept.
 */
export async function migrate(url: string, all: readonly Migration[] = migrations): Promise<string[]> {
  return withConnection(url, async (client) => {
    await lockSchema(client);
    const applied = await applyMissing(client, all);
    await prepareJobQueue(url);
    return applied;
  });
}
