import { migrate } from '@slipway/platform/db/migrate';
import { dumpSchema } from '@slipway/platform/db/schema-dump';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../support/test-database';

const open: TestDatabase[] = [];

async function database(create: () => Promise<TestDatabase>): Promise<string> {
  const made = await create();
  open.push(made);
  return made.url;
}

afterEach(async () => {
  for (const one of open.splice(0)) await one.drop();
});

describe('The committed schema', () => {
  it('is what the migrations make; refresh it with npm run schema:dump', async () => {
    const committed = await readFile(join(__dirname, '../../libs/platform/src/db/schema.sql'), 'utf8');
    expect(await dumpSchema(await database(createTestDatabase))).toBe(committed);
  });

  it('tells of every kind of change', async () => {
    const url = await database(createEmptyDatabase);
    const migration = (number: number, sql: string) => ({ name: `000${number}-step`, sql });
    await migrate(url, [migration(1, 'create table one (id text primary key)')]);
    const steps = [
      'alter table one add column size bigint',
      'alter table one alter column size set default 0',
      'alter table one alter column size set not null',
      'alter table one alter column size type integer',
      'alter table one add check (size >= 0)',
      'create index one_size on one (size) where size > 5',
      'create table two (id text references one (id) on delete cascade)',
      `create function answer() returns int language sql as 'select 42'`,
      `create or replace function answer() returns int language sql as 'select 43'`,
      'revoke execute on function answer from public',
      `create trigger lazy before update on one for each row execute function suppress_redundant_updates_trigger()`,
      'alter table one enable always trigger lazy',
    ];
    const dumps = [await dumpSchema(url)];
    for (const [index, sql] of steps.entries()) {
      await migrate(url, [migration(index + 2, sql)]);
      dumps.push(await dumpSchema(url));
    }
    expect(new Set(dumps).size).toBe(steps.length + 1);
  });

  it.each([
    ['a view', 'create view seen as select 1 as one'],
    ['a procedure', `create procedure nothing() language sql as 'select 42'`],
    ['a type', `create type mood as enum ('good')`],
  ])('fails rather than leave out %s', async (_, sql) => {
    const url = await database(createEmptyDatabase);
    await migrate(url, [{ name: '0001-step', sql }]);
    await expect(dumpSchema(url)).rejects.toThrow('The schema dump does not know of: ');
  });
});
