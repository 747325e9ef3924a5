import { proveLedger } from '@slipway/core/quotas/prove-ledger';
import { repairLedger } from '@slipway/core/quotas/repair-ledger';
import { cancelUpload } from '@slipway/core/uploads/cancel-upload';
import { proveLedgerJob } from '@slipway/worker/quotas/prove-ledger.job';
import { pino } from 'pino';
import { describeCore } from '../../support/describe-core';
import { embeddedStorage } from '../../support/object-stores';
import { announce, both, MB, provenUsage } from '../../support/quota-steps';
import { begin, complete, send } from '../../support/upload-steps';

const COUNTERS = [
  ['used_bytes', 'usedBytes'],
  ['reserved_bytes', 'reservedBytes'],
  ['used_files', 'usedFiles'],
  ['reserved_files', 'reservedFiles'],
] as const;

const TAMPERED = COUNTERS.flatMap(([column, count]) => [
  { scope: 'user' as const, table: 'usage', column, count },
  { scope: 'project' as const, table: 'project_usage', column, count },
]);

describeCore(
  'the proof of the ledger',
  (stage) => {
    const query = (sql: string, values: unknown[]) => stage.world.deps.db.query(sql, values);
    const idOf = (scope: 'user' | 'project') => (scope === 'user' ? stage.user.id : stage.project.id);

    /** One asset and one pending upload, so that no counter is zero. */
    beforeEach(async () => {
      const begun = await begin(stage.world, stage.user, { projectId: stage.project.id, file: stage.file });
      await send(begun, stage.file.body);
      await complete(stage.world, stage.user, begun.upload);
      await announce(stage.world, stage.user, { projectId: stage.project.id, fileSize: MB });
    });

    const rows = () => ({
      usedBytes: stage.file.body.length,
      reservedBytes: MB,
      usedFiles: 1,
      reservedFiles: 1,
    });
    const provenAgain = async () => {
      const counted = both(`${stage.file.body.length}/1`, `${MB}/1`);
      expect(await provenUsage(stage.world, stage.project.id)).toEqual(counted);
    };

    test.each(TAMPERED)('finds and mends $column of a $scope', async ({ scope, table, column, count }) => {
      const id = idOf(scope);
      await query(`update ${table} set ${column} = ${column} + 3 where ${scope}_id = $1`, [id]);
      const ledger = { ...rows(), [count]: rows()[count] + 3 };
      const difference = { scope, id, ownerId: stage.user.id, ledger, rows: rows() };
      expect(await proveLedger(stage.world.deps)).toEqual([difference]);
      expect(await repairLedger(stage.world.deps)).toEqual([difference]);
      await provenAgain();
    });

    test('finds and mends rows that are missing, users before projects', async () => {
      await query('delete from usage where user_id = $1', [stage.user.id]);
      await query('delete from project_usage where project_id = $1', [stage.project.id]);
      const missing = { ownerId: stage.user.id, ledger: null, rows: rows() };
      expect(await repairLedger(stage.world.deps)).toEqual([
        { scope: 'user', id: stage.user.id, ...missing },
        { scope: 'project', id: stage.project.id, ...missing },
      ]);
      await provenAgain();
    });

    test('finds what the rows say more than the ledger', async () => {
      await query(`update assets set deleted_at = now() where project_id = $1`, [stage.project.id]);
      await query(`update uploads set status = 'expired' where project_id = $1 and status = 'pending'`, [
        stage.project.id,
      ]);
      const found = await repairLedger(stage.world.deps);
      const nothing = { usedBytes: 0, reservedBytes: 0, usedFiles: 0, reservedFiles: 0 };
      expect(found.map((one) => [one.scope, one.ledger, one.rows])).toEqual([
        ['user', rows(), nothing],
        ['project', rows(), nothing],
      ]);
      const counted = both('0/0', '0/0');
      expect(await provenUsage(stage.world, stage.project.id)).toEqual(counted);
    });

    test('holds at every moment while uploads begin and end, and repairs are exact among them', async () => {
      const other = await stage.world.newProject(stage.user);
      const comeAndGo = async (projectId: string) => {
        for (let round = 0; round < 10; round += 1) {
          const { upload } = await announce(stage.world, stage.user, { projectId, fileSize: 1000 + round });
          if (round % 3 > 0) await cancelUpload(stage.user, upload.assetId, stage.world.deps);
        }
      };
      const proveAndMend = async () => {
        for (let round = 0; round < 10; round += 1) {
          expect(await proveLedger(stage.world.deps)).toEqual([]);
          await query('update usage set used_files = used_files + 1 where user_id = $1', [stage.user.id]);
          expect(await repairLedger(stage.world.deps)).toMatchObject([{ scope: 'user' }]);
        }
      };
      const ids = [stage.project.id, other.id];
      await Promise.all([...ids.map(comeAndGo), ...ids.map(comeAndGo), proveAndMend()]);
      expect(await proveLedger(stage.world.deps)).toEqual([]);
    });

    test('the job logs each differing row as an error, and changes nothing', async () => {
      await query('update project_usage set used_bytes = used_bytes + 1 where project_id = $1', [
        stage.project.id,
      ]);
      const lines: string[] = [];
      const log = pino({}, { write: (line) => void lines.push(line) });
      const context = { jobId: '1', attempt: 1, maxAttempts: 1, signal: new AbortController().signal, log };
      await proveLedgerJob(stage.world.deps)({}, context);
      expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
        expect.objectContaining({ level: 50, scope: 'project', id: stage.project.id, rows: rows() }),
      ]);
      expect(await repairLedger(stage.world.deps)).toHaveLength(1);
    });
  },
  [embeddedStorage],
);
