import { environmentOf } from '../../support/api-process';
import { createCoreWorld, type CoreWorld } from '../../support/core-world';
import { emailOf } from '../../support/member-steps';
import { embeddedStorage, type RunningStorage } from '../../support/object-stores';
import { startProcess } from '../../support/processes';
import { freePorts, startStandalone } from '../../support/standalone';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';
import { makeTestFolder } from '../../support/test-folder';

async function run(args: string[], env: NodeJS.ProcessEnv) {
  const command = startProcess('apps/standalone/src/admin.js', { args, env });
  const { code } = await command.exited;
  return { code, output: command.output };
}

describe('npm run admin', () => {
  let storage: RunningStorage;
  let database: TestDatabase;
  let world: CoreWorld;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    storage = await embeddedStorage.start();
    database = await createTestDatabase();
    world = await createCoreWorld(storage, database);
    env = environmentOf(database.url, storage);
  });

  afterAll(async () => {
    await world.close();
    await storage.stop();
  });

  it('makes the first administrator, lists, makes another, and takes it from all but the last', async () => {
    const [one, other] = [await world.newUser(), await world.newUser()];
    const nobody = 'Nobody is an administrator. Make one: npm run admin -- grant <e-mail>\n';
    expect(await run(['list'], env)).toEqual({ code: 0, output: nobody });
    expect(await run(['grant', emailOf(one).toUpperCase()], env)).toEqual({
      code: 0,
      output: `${emailOf(one)} is an administrator.\n`,
    });
    expect((await run(['list'], env)).output).toBe(`${emailOf(one)}  ${one.id}\n`);
    const last = await run(['revoke', emailOf(one)], env);
    expect(last).toEqual({
      code: 1,
      output: 'This is the last administrator: make another one first.\n',
    });
    await run(['grant', emailOf(other)], env);
    expect(await run(['revoke', emailOf(one)], env)).toEqual({
      code: 0,
      output: `${emailOf(one)} is no administrator.\n`,
    });
    const events = await world.deps.db.query<object[]>(
      `select actor_kind, details->>'role' as role from audit_events
        where action = 'user_role_changed' and details->>'user_id' = $1 order by seq`,
      [one.id],
    );
    expect(events).toEqual([
      { actor_kind: 'system', role: 'admin' },
      { actor_kind: 'system', role: 'user' },
    ]);
  });

  it('says in one line that there is no such account, or no database', async () => {
    expect(await run(['grant', 'nobody@example.com'], env)).toEqual({
      code: 1,
      output: 'There is no such account.\n',
    });
    const { code, output } = await run(['list'], {
      ...env,
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
    });
    expect(output).toMatch(/^The database at .*\n$/);
    expect(code).toBe(1);
  });

  it.each([[[]], [['grant']], [['grant', 'a@example.com', 'b@example.com']], [['list', 'all']], [['crown']]])(
    'tells its usage when called with %j',
    async (args) => {
      const { code, output } = await run(args, env);
      expect(output).toMatch(/^Usage: npm run admin -- grant/);
      expect(code).toBe(1);
    },
  );

  describe('of the embedded parts', () => {
    let folder: Awaited<ReturnType<typeof makeTestFolder>>;

    beforeAll(async () => {
      folder = await makeTestFolder('admin');
    });

    afterAll(() => folder.remove());

    it('works beside npm start, and says what to do where that does not run', async () => {
      const settings = { SLIPWAY_DATA_DIR: folder.path, ...(await freePorts()) };
      const before = await run(['list'], settings);
      expect(before.output).toContain('Start Slipway with npm start, and run this beside it');
      expect(before.code).toBe(1);

      const url = `http://127.0.0.1:${settings.PORT}`;
      const product = startStandalone(folder.path, settings);
      await product.untilReady(url);
      const body = JSON.stringify({ email: 'ada@example.com', password: 'correct horse', name: 'Ada' });
      const headers = { 'content-type': 'application/json' };
      const signUp = await fetch(`${url}/api/auth/signup`, { method: 'POST', headers, body });
      const { access_token: token } = (await signUp.json()) as { access_token: string };
      const users = () => fetch(`${url}/api/admin/users`, { headers: { authorization: `Bearer ${token}` } });
      expect((await users()).status).toBe(403);
      expect((await run(['grant', 'ada@example.com'], settings)).output).toBe(
        'ada@example.com is an administrator.\n',
      );
      // With the token of before: a role holds from the next call on.
      expect((await users()).status).toBe(200);
      await product.stop();
    });
  });
});
