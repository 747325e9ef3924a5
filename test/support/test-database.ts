import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { asProduct, testServer, urlOfDatabase, withAdmin } from './test-server';

export interface TestDatabase {
  /** As whom the product works. */
  url: string;
  /** As the owner of the tables, who may do anything with them. */
  ownerUrl: string;
  /** Fails when a connection is still open: whatever the test opened, it must close before. */
  drop(): Promise<void>;
}

/** A closed socket reaches the server a moment later. */
const GRACE_MS = 2_000;

interface Session {
  application_name: string;
  state: string;
  query: string;
}

async function openSessions(client: Client, name: string): Promise<Session[]> {
  const { rows } = await client.query<Session>(
    `select application_name, state, query from pg_stat_activity
     where datname = $1 and backend_type = 'client backend'`,
    [name],
  );
  return rows;
}

async function sessionsLeft(client: Client, name: string): Promise<Session[]> {
  const deadline = Date.now() + GRACE_MS;
  for (;;) {
    const sessions = await openSessions(client, name);
    if (sessions.length === 0 || Date.now() > deadline) return sessions;
    await sleep(10);
  }
}

async function drop(adminUrl: string, name: string): Promise<void> {
  const left = await withAdmin(adminUrl, async (client) => {
    const sessions = await sessionsLeft(client, name);
    await client.query(`drop database ${client.escapeIdentifier(name)} with (force)`);
    return sessions;
  });
  if (left.length === 0) return;
  const told = left.map((one) => `"${one.application_name}" ${one.state}: ${one.query}`).join('\n');
  throw new Error(`The test left ${left.length} database connections open:\n${told}`);
}

async function create(template: string): Promise<Omit<TestDatabase, 'url'>> {
  const { adminUrl } = testServer();
  const name = `test_${randomBytes(6).toString('hex')}`;
  await withAdmin(adminUrl, async (client) => {
    const [database, source] = [name, template].map((part) => client.escapeIdentifier(part));
    await client.query(`create database ${database} template ${source}`);
  });
  return { ownerUrl: urlOfDatabase(adminUrl, name), drop: () => drop(adminUrl, name) };
}

/** A migrated database without rows, of the caller's own; about 40 ms. One for each test file, dropped in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const made = await create(testServer().template);
  return { ...made, url: asProduct(made.ownerUrl) };
}

/** Without tables, for the tests of what makes them: there is only the owner. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  const made = await create('template0');
  return { ...made, url: made.ownerUrl };
}
