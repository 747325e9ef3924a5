import { Asset } from '@slipway/core/assets/asset.entity';
import { generateRendition } from '@slipway/core/renditions/generate-rendition';
import { Rendition } from '@slipway/core/renditions/rendition.entity';
import type { Thumbnailer } from '@slipway/platform/media/thumbnailer';
import { environmentOf } from '../../support/api-process';
import { createCoreWorld, type CoreWorld } from '../../support/core-world';
import { embeddedStorage, type RunningStorage } from '../../support/object-stores';
import { startProcess } from '../../support/processes';
import { freePorts, startStandalone } from '../../support/standalone';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';
import { pngFile } from '../../support/test-files';
import { makeTestFolder } from '../../support/test-folder';
import { begin, complete, send } from '../../support/upload-steps';

async function run(args: string[], env: NodeJS.ProcessEnv) {
  const command = startProcess('apps/standalone/src/reconcile.js', { args, env });
  const { code } = await command.exited;
  return { code, output: command.output };
}

describe('npm run reconcile', () => {
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

  /** With its QR code. */
  async function uploaded(): Promise<{ asset: Asset; qrCode: Rendition }> {
    const user = await world.newUser();
    const file = await pngFile();
    const begun = await begin(world, user, { projectId: (await world.newProject(user)).id, file });
    await send(begun, file.body);
    const { asset } = await complete(world, user, begun.upload);
    const qrCode = await world.deps.db.manager.findOneByOrFail(Rendition, {
      assetId: asset.id,
      name: 'qr-code',
    });
    const deps = { ...world.deps, thumbnailer: undefined as unknown as Thumbnailer };
    await generateRendition({ renditionId: qrCode.id, attempt: 1, maxAttempts: 1 }, deps);
    return { asset, qrCode };
  }

  it('says that all agrees, and exits in peace', async () => {
    await uploaded();
    const { code, output } = await run([], env);
    expect(output).toMatch(/^\d+ objects compared with the database\.\n\nBucket and database agree\.\n$/);
    expect(code).toBe(0);
  });

  it('reports without changing anything, repairs when it is told to, and fails as long as something is left', async () => {
    const { asset, qrCode } = await uploaded();
    const lost = await uploaded();
    await world.deps.objects.delete(qrCode.key);
    await world.deps.objects.delete(lost.asset.fileKey);
    await world.deps.db.query('update usage set used_bytes = used_bytes + 1 where user_id = $1', [
      asset.createdBy,
    ]);
    const statusOf = async () =>
      (await world.deps.db.manager.findOneByOrFail(Rendition, { id: qrCode.id })).status;

    const dry = await run([], env);
    expect(dry.output).toMatch(/missing_rendition +1 +0 +0\n.*\n.*key=.*qr-code\.png/);
    expect(dry.output).toMatch(/missing_object +1 +0 +0/);
    expect(dry.output).toMatch(/ledger_differs +1 +0 +0/);
    expect(dry.output).toContain('Nothing was changed. To repair: npm run reconcile -- --repair');
    expect([dry.code, await statusOf()]).toEqual([1, 'ready']);

    const repaired = await run(['--repair'], env);
    expect(repaired.output).toContain(`The ledger of user ${asset.createdBy} was counted anew.`);
    expect(repaired.output).toMatch(/missing_rendition +1 +1 +0/);
    expect(repaired.output).not.toContain('ledger_differs');
    expect(repaired.output).toContain('1 of these could not be repaired.');
    expect([repaired.code, await statusOf()]).toEqual([1, 'pending']);
    await world.deps.objects.put(lost.asset.fileKey, Buffer.alloc(lost.asset.fileSize), {
      contentType: 'image/png',
    });
    expect((await run(['--dry-run'], env)).code).toBe(0);
  });

  it.each([[['--force']], [['--repair', '--dry-run']]])(
    'tells its usage when called with %p',
    async (args) => {
      const { code, output } = await run(args, env);
      expect(output).toMatch(/^Usage: npm run reconcile/);
      expect(code).toBe(1);
    },
  );

  it.each([
    [
      'no database',
      { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' },
      /^The database at .*DATABASE_URL/,
    ],
    ['no storage', { S3_ENDPOINT: 'http://127.0.0.1:1' }, /does not answer .*Check S3_ENDPOINT/],
  ])('says in one line that there is %s', async (_, wrong, line) => {
    const { code, output } = await run([], { ...env, ...wrong });
    expect(output).toMatch(line);
    expect(output.trimEnd()).not.toContain('\n');
    expect(code).toBe(1);
  });

  describe('of the embedded parts', () => {
    let folder: Awaited<ReturnType<typeof makeTestFolder>>;

    beforeAll(async () => {
      folder = await makeTestFolder('reconcile');
    });

    afterAll(() => folder.remove());

    it('works beside npm start, and says what to do where that does not run', async () => {
      const settings = { SLIPWAY_DATA_DIR: folder.path, ...(await freePorts()) };
      const before = await run([], settings);
      expect(before.output).toContain('Start Slipway with npm start, and run this beside it');
      expect(before.code).toBe(1);

      const product = startStandalone(folder.path, settings);
      await product.untilReady(`http://127.0.0.1:${settings.PORT}`);
      const beside = await run([], settings);
      expect(beside).toEqual({
        code: 0,
        output: '0 objects compared with the database.\n\nBucket and database agree.\n',
      });
      await product.stop();

      const after = await run(['--repair'], settings);
      expect(after.output).toContain('Start Slipway with npm start, and run this beside it');
      expect(after.code).toBe(1);
    });
  });
});
