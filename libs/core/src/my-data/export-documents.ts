import type { DataSource } from 'typeorm';

/** One JSON document: rows of what the database has of a person, without what opens doors. */
interface Document {
  name: string;
  /** `$1` is the account; each row has an `id` of its own. */
  sql: string;
}

const OWN_PROJECTS = 'select projects.id from projects where owner_id = $1';

const DOCUMENTS: readonly Document[] = [
  {
    name: 'account.json',
    sql: `select id, email, name, role, tier, email_verified_at, created_at from users where id = $1`,
  },
  {
    name: 'identities.json',
    sql: `select issuer || ' ' || subject as id, issuer, subject, created_at from identities where user_id = $1`,
  },
  {
    name: 'sessions.json',
    sql: `select id, ip, user_agent, created_at, last_used_at, expires_at, ended_at, ended_because
            from sessions where user_id = $1`,
  },
  {
    name: 'api-keys.json',
    sql: `select id, name, prefix, scopes, project_id, created_at, expires_at, last_used_at, revoked_at
            from api_keys where user_id = $1`,
  },
  {
    name: 'projects.json',
    sql: `select id, name, deduplicate, review, gallery_slug, archived_at, created_at, updated_at
            from projects where owner_id = $1`,
  },
  {
    name: 'memberships.json',
    sql: `select project_id as id, projects.name, role, joined_at
            from project_members join projects on projects.id = project_members.project_id where user_id = $1`,
  },
  {
    name: 'assets.json',
    sql: `select id, project_id, name, file_name, file_size::float8, content_type, checksum_sha256, width, height,
                 status, is_public, expires_at, private_ref, created_by, created_at, updated_at
            from assets where deleted_at is null and (created_by = $1 or project_id in (${OWN_PROJECTS}))`,
  },
  {
    name: 'imports.json',
    sql: `select id, project_id, address, name, status, asset_id, created_at from imports where created_by = $1`,
  },
  {
    name: 'shares.json',
    sql: `select id, asset_id, kind, email, expires_at, max_downloads, downloads, created_by, created_at, revoked_at
            from shares
           where created_by = $1 or email = (select lower(users.email) from users where users.id = $1)`,
  },
  {
    name: 'invitations.json',
    sql: `select id, project_id, email, role, invited_by, created_at, expires_at, answered_at, answer
            from invitations
           where invited_by = $1 or email = (select lower(users.email) from users where users.id = $1)`,
  },
];

const PAGE = 500;

type Row = { id: string };

/** By keys, so that no transaction stays open while the file is written. */
async function* rowsOf({ sql }: Document, userId: string, db: DataSource): AsyncGenerator<Row> {
  const page = `select * from (${sql}) as document where id > $2 order by id limit $3`;
  for (let after = '', more = true; more;) {
    const rows = await db.query<Row[]>(page, [userId, after, PAGE]);
    yield* rows;
    more = rows.length === PAGE;
    after = rows.at(-1)?.id ?? '';
  }
}

// A window of the trail at a time: how long one statement takes does not depend on how seldom the person is in it.
const WINDOW = 50_000;
const LAST_EVENT = 'select coalesce(max(seq), 0)::float8 as last from audit_events';
const EVENTS = `
  select id, at, action, actor_kind, actor_id, project_id, asset_id, request_id, result, reason, details, personal
    from audit_events
   where seq > $2 and seq <= $3 and (actor_id = $1 or actor_id in (select id from api_keys where user_id = $1))
   order by seq`;

async function* eventsOf(userId: string, db: DataSource): AsyncGenerator<Row> {
  const [found] = await db.query<{ last: number }[]>(LAST_EVENT);
  for (let after = 0; after < (found?.last ?? 0); after += WINDOW) {
    yield* await db.query<Row[]>(EVENTS, [userId, after, after + WINDOW]);
  }
}

async function* asJson(rows: AsyncIterable<Row>): AsyncGenerator<string> {
  let before = '[\n';
  for await (const row of rows) {
    yield `${before}${JSON.stringify(row)}`;
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

export interface ExportedDocument {
  name: string;
  /** An array, a row a line. */
  text: AsyncIterable<string>;
}

/** Everything that the database has of an account, read as it is taken. */
export function* exportDocuments(userId: string, db: DataSource): Generator<ExportedDocument> {
  for (const document of DOCUMENTS) {
    yield { name: document.name, text: asJson(rowsOf(document, userId, db)) };
  }
  yield { name: 'audit-events.json', text: asJson(eventsOf(userId, db)) };
}
