import { entities } from '@slipway/core/entities';
import { proveLedger } from '@slipway/core/quotas/prove-ledger';
import { readUsage } from '@slipway/core/quotas/read-usage';
import { openDatabase } from '@slipway/platform/db/database';
import { migrate } from '@slipway/platform/db/migrate';
import { migrations } from '@slipway/platform/db/migrations/all';
import type { DataSource } from 'typeorm';
import { createEmptyDatabase, type TestDatabase } from '../../support/test-database';

/** A user's two projects as the first version left them: an asset, a deleted one, and a pending upload each. */
const FIRST_VERSION = `
  insert into users (id, email, name, password_hash, created_at) values ('USR-1', 'a@b.c', '', '', now());
  insert into projects (id, owner_id, name, created_at, updated_at)
    select 'PRJ-' || n, 'USR-1', '', now(), now() from generate_series(1, 2) as n;
  insert into uploads (id, asset_id, project_id, created_by, file_name, file_size, content_type, incoming_key,
                       file_key, status, expires_at, created_at, updated_at)
    select id, 'AST-' || id, project_id, 'USR-1', 'a', file_size, 'a/a', id, 'final/' || id, status, now(), now(), now()
      from (select status || projects.id as id, projects.id as project_id, right(projects.id, 1)::int * 10 as file_size,
                   case when status = 'pending' then 'pending' else 'completed' end as status
              from projects, unnest(array['pending', 'completed', 'deleted']) as status) as made;
  insert into assets (id, project_id, upload_id, created_by, name, status, file_name, file_key, file_size,
                      content_type, etag, created_at, updated_at, deleted_at)
    select asset_id, project_id, id, 'USR-1', 'a', 'Published', 'a', file_key, file_size, 'a/a', '', now(), now(),
           case when id like 'deleted%' then now() end
      from uploads where status = 'completed';
  insert into usage (user_id, used_bytes, reserved_bytes, files) values ('USR-1', 30, 30, 2);`;

let database: TestDatabase;
let db: DataSource;

beforeAll(async () => {
  database = await createEmptyDatabase();
  await migrate(database.url, migrations.slice(0, 1));
  db = await openDatabase({ url: database.url, entities, applicationName: 'test' });
});

afterAll(async () => {
  await db?.destroy();
  await database.drop();
});

test('a database of the first version has an exact ledger after the migration', async () => {
  await db.query(FIRST_VERSION);
  await migrate(database.url);
  expect(await proveLedger({ db })).toEqual([]);
  const { project, account } = await readUsage(db.manager, 'PRJ-2');
  expect([project.storage, project.files]).toMatchObject([
    { used: 20, reserved: 20 },
    { used: 1, reserved: 1 },
  ]);
  expect([account.storage, account.files]).toMatchObject([
    { used: 30, reserved: 30 },
    { used: 2, reserved: 2 },
  ]);
});
