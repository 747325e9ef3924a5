import { repairLedger } from '@slipway/core/quotas/repair-ledger';
import { reserveQuota } from '@slipway/core/quotas/reserve-quota';
import type { DomainError } from '@slipway/core/shared/errors';
import { describeCore } from '../../support/describe-core';
import { embeddedStorage } from '../../support/object-stores';
import { announce, MB, provenUsage, setTier } from '../../support/quota-steps';

describeCore(
  'a refused reservation',
  (stage) => {
    const announceFile = (fileSize: number, projectId = stage.project.id) =>
      announce(stage.world, stage.user, { projectId, fileSize });
    const ledgerRows = () =>
      stage.world.deps.db.query(
        `select * from usage join project_usage on project_id = $1 where user_id = $2`,
        [stage.project.id, stage.user.id],
      );

    // Some of these move the ledger without rows.
    afterEach(() => repairLedger(stage.world.deps));

    test.each([
      [
        { maxBytes: 3 * MB },
        { scope: 'user', kind: 'bytes', used: 0, reserved: 2 * MB, limit: 3 * MB, requested: 2 * MB },
      ],
      [{ maxFiles: 1 }, { scope: 'user', kind: 'files', used: 0, reserved: 1, limit: 1, requested: 1 }],
      [
        { maxProjectBytes: 3 * MB },
        { scope: 'project', kind: 'bytes', used: 0, reserved: 2 * MB, limit: 3 * MB, requested: 2 * MB },
      ],
      [
        { maxProjectFiles: 1 },
        { scope: 'project', kind: 'files', used: 0, reserved: 1, limit: 1, requested: 1 },
      ],
    ])('by the tier %j names the limit, and changes nothing', async (limits, facts) => {
      await setTier(stage.world, stage.user, limits);
      await announceFile(2 * MB);
      const before = await ledgerRows();
      await expect(announceFile(2 * MB)).rejects.toMatchObject({ code: 'quota_exceeded', facts });
      expect(await ledgerRows()).toEqual(before);
    });

    test('leaves the transaction around it usable, and what it reserved before and after reserved', async () => {
      await setTier(stage.world, stage.user, { maxBytes: 10 * MB, maxProjectBytes: 5 * MB });
      const { db } = stage.world.deps;
      const told = await db.transaction(async (tx) => {
        const outcomes: string[] = [];
        for (const size of [3 * MB, 3 * MB, 11 * MB, 2 * MB]) {
          const outcome = reserveQuota(tx, stage.project.id, size).then(() => 'reserved');
          outcomes.push(
            await outcome.catch(({ facts }: DomainError) => `too much for the ${facts['scope']}`),
          );
        }
        return outcomes;
      });
      expect(told).toEqual(['reserved', 'too much for the project', 'too much for the user', 'reserved']);
      const [row] = await ledgerRows();
      expect(row).toMatchObject({ reserved_bytes: String(5 * MB), reserved_files: '2' });
    });

    test('by the limit of one project leaves another project of the owner open', async () => {
      await setTier(stage.world, stage.user, { maxProjectBytes: 3 * MB });
      await announceFile(3 * MB);
      await expect(announceFile(1)).rejects.toMatchObject({ facts: { scope: 'project' } });
      const { id } = await stage.world.newProject(stage.user);
      await announceFile(3 * MB, id);
      expect(await provenUsage(stage.world, id)).toEqual({
        project: { used: '0/0', reserved: `${3 * MB}/1` },
        account: { used: '0/0', reserved: `${6 * MB}/2` },
      });
    });

    test('a limit may be met to the byte', async () => {
      await setTier(stage.world, stage.user, { maxBytes: MB, maxProjectBytes: MB });
      await announceFile(MB);
      await expect(announceFile(1)).rejects.toMatchObject({ code: 'quota_exceeded' });
    });

    test('another tier holds from the next upload on, narrower or wider', async () => {
      await setTier(stage.world, stage.user, { maxBytes: 2 * MB });
      await announceFile(MB);
      await setTier(stage.world, stage.user, { maxBytes: MB / 2 });
      await expect(announceFile(1)).rejects.toMatchObject({ facts: { reserved: MB, limit: MB / 2 } });
      await setTier(stage.world, stage.user, { maxBytes: 3 * MB });
      await announceFile(2 * MB);
    });

    test('the largest file is the tier’s as well', async () => {
      await setTier(stage.world, stage.user, {});
      await stage.world.deps.db.query(
        'update tiers set max_file_size = $2 where name = (select tier from users where id = $1)',
        [stage.user.id, MB],
      );
      await announceFile(MB);
      await expect(announceFile(MB + 1)).rejects.toMatchObject({
        code: 'file_too_large',
        facts: { limit: MB, size: MB + 1 },
      });
    });

    test('a project without a ledger row is our fault, never a free pass', async () => {
      await stage.world.deps.db.query('delete from project_usage where project_id = $1', [stage.project.id]);
      await expect(announceFile(1)).rejects.toThrow('has no ledger row');
    });
  },
  [embeddedStorage],
);
