import type { Client } from 'pg';
import { withConnection } from './connect';
import { sqlState, UNIQUE_VIOLATION } from './database-errors';
import { lockSchema, migrate } from './migrate';

const DUPLICATE_OBJECT = '42710';

export interface DatabaseAddresses {
  /** As whom the product works. */
  url: string;
  /** Of whom the tables are; null: of the same role. */
  ownerUrl: string | null;
}

/** What the product's role may do with the tables of the audit trail; everything else it reads and writes. */
const AUDIT = `
  revoke all on audit_events, audit_seals, schema_migrations from %role;
  grant select on audit_events, audit_seals, schema_migrations to %role;
  grant insert (id, at, action, actor_kind, actor_id, project_id, asset_id, request_id, result, reason, details,
    personal, salt, personal_digest) on audit_events to %role;`;

const PRODUCT = `
  grant usage on schema public to %role;
  grant select, insert, update, delete on all tables in schema public to %role;
  grant usage, select on all sequences in schema public to %role;
  grant execute on all functions in schema public to %role;`;

const JOBS = `
  grant usage on schema graphile_worker to %role;
  grant select, insert, update, delete on all tables in schema graphile_worker to %role;
  grant usage, select on all sequences in schema graphile_worker to %role;
  grant execute on all functions in schema graphile_worker to %role;`;

// graphile-worker's tables show their rows to their owner only, unless a policy says otherwise.
const CLOSED_TABLES = `
  select quote_ident(relname) as name from pg_class
   where relnamespace = 'graphile_worker'::regnamespace and relrowsecurity
     and not exists (select from pg_policy where polrelid = pg_class.oid and polname = $1)`;

/** Gives `role` what the product needs, and of the audit trail only to add and to read. Repeating it changes nothing. */
async function grantTo(client: Client, role: string): Promise<void> {
  const name = client.escapeIdentifier(role);
  await client.query('begin');
  for (const grants of [PRODUCT, AUDIT, JOBS]) await client.query(grants.replaceAll('%role', name));
  const policy = `jobs of ${role}`;
  const { rows } = await client.query<{ name: string }>(CLOSED_TABLES, [policy]);
  for (const table of rows) {
    await client.query(
      `create policy ${client.escapeIdentifier(policy)} on graphile_worker.${table.name} to ${name}
         using (true) with check (true)`,
    );
  }
  await client.query('commit');
}

const userOf = (url: string): string => decodeURIComponent(new URL(url).username);

/**
 * Migrates as the owner, then gives the product's role its rights. Where both are the same role there is nothing to give.
 * Resolves to the names of the migrations that ran. Throws as `migrate` does.
 */
export async function prepareDatabase({ url, ownerUrl }: DatabaseAddresses): Promise<string[]> {
  const applied = await migrate(ownerUrl ?? url);
  if (ownerUrl !== null && userOf(ownerUrl) !== userOf(url)) {
    await withConnection(ownerUrl, async (client) => {
      await lockSchema(client);
      await grantTo(client, userOf(url));
    });
  }
  return applied;
}

/** The address of the same database for another role. */
export function addressAs(url: string, { role, password }: { role: string; password: string }): string {
  const address = new URL(url);
  address.username = encodeURIComponent(role);
  address.password = encodeURIComponent(password);
  return address.href;
}

/**
 * Makes a role that may log in with `password` and nothing else, or gives it that password; as somebody who may make
 * roles. It has rights only once `prepareDatabase` has given it some.
 */
export async function ensureRole(
  ownerUrl: string,
  { role, password }: { role: string; password: string },
): Promise<void> {
  await withConnection(ownerUrl, async (client) => {
    const told = `${client.escapeIdentifier(role)} login password ${client.escapeLiteral(password)}`;
    try {
      await client.query(`create role ${told}`);
    } catch (error) {
      // The second is that of two processes that make it at once.
      if (![DUPLICATE_OBJECT, UNIQUE_VIOLATION].includes(sqlState(error) ?? '')) throw error;
      await client.query(`alter role ${told}`);
    }
  });
}
