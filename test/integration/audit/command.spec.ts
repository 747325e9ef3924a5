import type { EventProof } from '@slipway/core/audit/event-proof';
import { sealAudit } from '@slipway/core/audit/seal-audit';
import { verifyProof } from '@slipway/core/audit/verify-proof';
import { environmentOf } from '../../support/api-process';
import { anchorsOf, placed, recordMany, tamper } from '../../support/audit-steps';
import { createCoreWorld, type CoreWorld } from '../../support/core-world';
import { embeddedStorage, type RunningStorage } from '../../support/object-stores';
import { startProcess } from '../../support/processes';
import { createTestDatabase, type TestDatabase } from '../../support/test-database';

let storage: RunningStorage;
let database: TestDatabase;
let world: CoreWorld;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  storage = await embeddedStorage.start();
  database = await createTestDatabase();
  world = await createCoreWorld(storage, database);
  env = environmentOf(database.url, storage);
  await recordMany(world, { principal: await world.newUser(), count: 4 });
});

afterAll(async () => {
  await world.close();
  await storage.stop();
});

async function run(args: string[], environment = env) {
  const command = startProcess('apps/standalone/src/audit.js', { args, env: environment });
  const { code } = await command.exited;
  return { code, output: command.output };
}

describe('npm run audit', () => {
  it('seals and anchors', async () => {
    const { code, output } = await run(['anchor']);
    const [anchor] = await anchorsOf(world);
    expect(output).toBe(`Sealed: 5 events.\nWrote ${anchor?.key}.\n`);
    expect(code).toBe(0);
    expect(await run(['anchor'])).toEqual({
      code: 0,
      output: 'Sealed: 0 events.\nThe head of the chain has its anchor.\n',
    });
  });

  it('says that all is as it was sealed, and exits in peace', async () => {
    expect(await run(['verify', '--anchors'])).toEqual({
      code: 0,
      output: '5 events under 1 seal are as they were sealed.\nAnchors in the bucket that agree: 1.\n',
    });
  });

  it('warns where nothing but a trigger stands between the product and its trail', async () => {
    const { code, output } = await run(['verify'], environmentOf(database.ownerUrl, storage));
    expect(output).toContain('Warning: The role of DATABASE_URL owns the audit tables');
    expect(code).toBe(0);
  });

  it('gives a proof that holds', async () => {
    const [event] = await placed(world);
    const { code, output } = await run(['proof', event?.id ?? '']);
    expect(verifyProof(JSON.parse(output) as EventProof)).toBeNull();
    expect(code).toBe(0);
    expect(await run(['proof', 'AUD-none'])).toEqual({ code: 1, output: 'There is no such event.\n' });
  });

  it('exports all events, and says so in the trail', async () => {
    const { code, output } = await run(['export', 'csv']);
    expect(output.trimEnd().split('\r\n')).toHaveLength(1 + 6);
    expect(output).toContain(',audit_exported,system,system,');
    expect(code).toBe(0);
  });

  it('names the first event that is not as it was sealed, and fails', async () => {
    await sealAudit({}, world.deps);
    const [, event] = await placed(world);
    await tamper(world, `update audit_events set reason = 'another' where id = '${event?.id}'`);
    const { code, output } = await run(['verify']);
    expect(output).toMatch(new RegExp(`^BROKEN: Event ${event?.id} was changed\\.\nBefore that, 0 events`));
    expect(code).toBe(1);
  });

  it.each([[[]], [['check']], [['verify', '--all']], [['proof']], [['export', 'xml']], [['anchor', 'now']]])(
    'explains itself to %j',
    async (args) => {
      const { code, output } = await run(args);
      expect(output).toMatch(/^Usage: npm run audit -- verify/);
      expect(code).toBe(1);
    },
  );
});
