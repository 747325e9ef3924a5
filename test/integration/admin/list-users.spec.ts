import { listUsers } from '@slipway/core/admin/list-users';
import { withConnection } from '@slipway/platform/db/connect';
import type { PageRequest } from '@slipway/core/shared/page';
import { describeCore } from '../../support/describe-core';
import { embeddedStorage } from '../../support/object-stores';

type Asked = Partial<PageRequest> & { search?: string };

describeCore(
  'the list of users',
  (stage) => {
    const list = ({ limit = 100, ...rest }: Asked = {}) => listUsers({ limit, ...rest }, stage.world.deps);

    /** All pages, each as the names on it. */
    async function pages(search: string, limit: number): Promise<string[][]> {
      const found: string[][] = [];
      let cursor: string | undefined;
      do {
        const page = await list({ search, limit, cursor });
        found.push(page.rows.map(({ name }) => name));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      return found;
    }

    async function insert(...users: [name: string, email: string][]): Promise<void> {
      await stage.world.deps.db.query(
        `with made as (
           insert into users (id, email, name, created_at)
             select 'USR-' || gen_random_uuid(), email, name, now()
               from json_to_recordset($1) as given (name text, email text)
           returning id)
         insert into usage (user_id) select id from made`,
        [JSON.stringify(users.map(([name, email]) => ({ name, email })))],
      );
    }

    afterEach(async () => {
      await stage.world.deps.db.query(`delete from users where id not in (select owner_id from projects)`);
    });

    test('is newest first, page by page, without who was erased', async () => {
      await stage.world.deps.db.query(`update users set created_at = '2026-01-01' where id = $1`, [
        stage.user.id,
      ]);
      await insert(['Ada', 'ada@example.com'], ['Bo', 'bo@example.com']);
      await stage.world.deps.db.query(`update users set erased_at = now() where name = 'Bo'`);
      const first = await list({ limit: 1 });
      expect(first.rows).toMatchObject([{ name: 'Ada', email: 'ada@example.com' }]);
      const rest = await list({ cursor: first.nextCursor ?? '' });
      expect(rest.rows.map(({ name }) => name)).not.toContain('Ada');
      expect(rest.rows.map(({ name }) => name)).not.toContain('Bo');
      expect(rest.rows.map(({ id }) => id)).toContain(stage.user.id);
    });

    test.each([
      ['ad', ['Ada', 'Bo Addison', 'Admiral']],
      ['AD', ['Ada', 'Bo Addison', 'Admiral']],
      ['ada@', ['Ada']],
      ['bo', ['Bo Addison']],
      ['élo', ['Élodie']],
      ['100%', ['100% Cotton']],
      ['100_', []],
      ['\\', []],
      ['x', []],
    ])('finds by %j what begins with it: %j', async (search, names) => {
      await insert(
        ['Ada', 'ada@example.com'],
        ['Bo Addison', 'addison@example.com'],
        ['Admiral', 'nelson@example.com'],
        ['Élodie', 'e@example.com'],
        ['100% Cotton', 'cotton@example.com'],
        ['Z', 'z@example.com'],
      );
      expect((await list({ search })).rows.map(({ name }) => name)).toEqual(names);
    });

    test('finds by id, in whatever case', async () => {
      const { id } = stage.user;
      for (const search of [id, id.toLowerCase(), id.slice(0, -1)]) {
        expect((await list({ search })).rows.map((user) => user.id)).toEqual([id]);
      }
    });

    test.each([1, 2, 3, 7])('in pages of %d shows everybody once', async (limit) => {
      await insert(
        ...Array.from({ length: 8 }, (_, n): [string, string] => [`ann ${8 - n}`, `ann${n}@example.com`]),
        ['ann@same.example', 'ann@same.example'],
        ['Z', 'anno@example.com'],
        ['Annabel', 'z@example.com'],
      );
      const found = await pages('ann', limit);
      expect(found.flat().sort()).toEqual(
        ['Annabel', 'Z', 'ann@same.example', ...Array.from({ length: 8 }, (_, n) => `ann ${n + 1}`)].sort(),
      );
      expect(Math.max(...found.map(({ length }) => length))).toBeLessThanOrEqual(limit);
    });

    test.each(['nonsense', 'bnVsbA', Buffer.from('["a\\u0000","b"]').toString('base64url')])(
      'takes no cursor such as %j',
      async (cursor) => {
        const refusal = { code: 'invalid_request', errors: [{ field: 'cursor' }] };
        await expect(list({ search: 'a', cursor })).rejects.toMatchObject(refusal);
        await expect(list({ cursor })).rejects.toMatchObject(refusal);
      },
    );

    test('reads of ten thousand who match no more than a page shows', async () => {
      await stage.world.deps.db.query(
        `with made as (
           insert into users (id, email, name, created_at)
             select 'USR-' || n, 'crew' || n || '@example.com', 'Crew ' || n, now() from generate_series(1, 10000) as n
           returning id)
         insert into usage (user_id) select id from made`,
      );
      await withConnection(stage.world.ownerUrl, (client) => client.query('analyze users'));
      await withConnection(stage.world.ownerUrl, (client) => client.query('analyze usage'));
      const read = await rowsRead(() => list({ search: 'crew', limit: 10 }));
      expect(read).toBeLessThan(200);
      expect(await rowsRead(() => list({ limit: 10 }))).toBeLessThan(200);
    });

    /** Rows of `users` that PostgreSQL fetched for `work`, in a connection of this pool. */
    async function rowsRead(work: () => Promise<unknown>): Promise<number> {
      const count = async (): Promise<number> => {
        const [row] = await stage.world.deps.db.query<{ n: string }[]>(
          `select seq_tup_read + coalesce(idx_tup_fetch, 0) as n from pg_stat_user_tables where relname = 'users'`,
        );
        return Number(row?.n);
      };
      await flush();
      const before = await count();
      await work();
      await flush();
      return (await count()) - before;
    }

    /** Each connection of the pool tells its counts a second later, unless it is told to do so now. */
    async function flush(): Promise<void> {
      const one = () => stage.world.deps.db.query('select pg_stat_force_next_flush(), pg_sleep(0.02)');
      await Promise.all(Array.from({ length: 10 }, one));
      await stage.world.deps.db.query('select pg_stat_clear_snapshot()');
    }
  },
  [embeddedStorage],
);
