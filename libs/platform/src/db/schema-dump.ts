import type { Client } from 'pg';
import { withConnection } from './connect';

const HEADER = `-- The tables and functions as the migrations leave them; to read and to compare, never to run.
-- Refresh with: npm run schema:dump
`;

/** What the dump cannot show yet: extend it with the first migration that makes one. */
const UNKNOWN_KINDS = `
  select 'routine ' || proname as line from pg_proc
    where pronamespace = 'public'::regnamespace and prokind <> 'f'
  union all
  select 'view ' || relname from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('v', 'm', 'f')
  union all
  select 'type ' || typname from pg_type
    where typnamespace = 'public'::regnamespace and typtype in ('e', 'd', 'r')`;

/** Who may run one beside its owner is part of what it is. */
const FUNCTIONS = `
  select pg_get_functiondef(oid) || ';' ||
         case when has_function_privilege('public', oid, 'execute') then '' else E'\\n-- not for everybody' end as line
    from pg_proc where pronamespace = 'public'::regnamespace and prokind = 'f' order by proname`;

const TABLES = `
  select c.oid::int as oid, c.relname as name from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by c.relname`;

const COLUMNS = `
  select concat_ws(' ', quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
    case when a.attidentity <> '' then 'generated always as identity' end,
    case when a.attgenerated <> '' then 'generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') stored'
         when d.adbin is not null then 'default ' || pg_get_expr(d.adbin, d.adrelid) end,
    case when a.attnotnull then 'not null' end) as line
  from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attrelid = $1 and a.attnum > 0 and not a.attisdropped order by a.attnum`;

/** PostgreSQL 18 lists every NOT NULL as a constraint too; the columns say it already. */
const CONSTRAINTS = `
  select 'constraint ' || quote_ident(conname) || ' ' || pg_get_constraintdef(oid) as line
  from pg_constraint where conrelid = $1 and contype <> 'n' order by contype = 'p' desc, conname`;

const INDEXES = `
  select pg_get_indexdef(i.indexrelid) || ';' as line
  from pg_index i join pg_class c on c.oid = i.indexrelid
  where i.indrelid = $1 and not exists (
    select from pg_constraint where conindid = i.indexrelid and contype in ('p', 'u', 'x'))
  order by c.relname`;

const TRIGGERS = `
  select pg_get_triggerdef(oid) || ';' || case tgenabled when 'O' then '' when 'A' then ' -- always' else ' -- off' end as line
    from pg_trigger where tgrelid = $1 and not tgisinternal order by tgname`;

async function lines(client: Client, sql: string, parameters: unknown[] = []): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(sql, parameters);
  return rows.map(({ line }) => line);
}

async function dumpTable(client: Client, { oid, name }: { oid: number; name: string }): Promise<string> {
  const columns = await lines(client, COLUMNS, [oid]);
  const constraints = await lines(client, CONSTRAINTS, [oid]);
  const indexes = await lines(client, INDEXES, [oid]);
  const triggers = await lines(client, TRIGGERS, [oid]);
  const body = [...columns, ...constraints].map((line) => `  ${line}`).join(',\n');
  return [`create table ${name} (\n${body}\n);`, ...indexes, ...triggers].join('\n');
}

/** The schema `public` as text: the same for the same migrations, whatever the server's version. */
export async function dumpSchema(url: string): Promise<string> {
  return withConnection(url, async (client) => {
    const unknown = await lines(client, UNKNOWN_KINDS);
    if (unknown.length > 0) throw new Error(`The schema dump does not know of: ${unknown.join(', ')}`);
    const { rows } = await client.query<{ oid: number; name: string }>(TABLES);
    const parts = [HEADER];
    for (const table of rows) parts.push(`${await dumpTable(client, table)}\n`);
    for (const body of await lines(client, FUNCTIONS)) parts.push(`${body}\n`);
    return parts.join('\n');
  });
}
