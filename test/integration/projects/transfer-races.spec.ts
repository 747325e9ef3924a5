import { setTimeout as sleep } from 'node:timers/promises';
import { inTransaction } from '@slipway/platform/db/database';
import { transferProject } from '@slipway/core/projects/transfer-project';
import { Project } from '@slipway/core/projects/project.entity';
import { proveLedger } from '@slipway/core/quotas/prove-ledger';
import { releaseReservation } from '@slipway/core/quotas/release-quota';
import { reserveQuota } from '@slipway/core/quotas/reserve-quota';
import { transferLedger } from '@slipway/core/quotas/transfer-ledger';
import { accountOf, type Principal } from '@slipway/core/shared/principal';
import { beginUploads } from '@slipway/core/uploads/begin-uploads';
import { cancelUpload } from '@slipway/core/uploads/cancel-upload';
import type { EntityManager } from 'typeorm';
import { describeCore } from '../../support/describe-core';
import { embeddedStorage } from '../../support/object-stores';
import { announce, MB, provenUsage } from '../../support/quota-steps';

describeCore(
  'a transfer beside uploads',
  (stage) => {
    let next: Principal;

    beforeEach(async () => {
      next = await stage.world.newUser();
      await stage.world.addMember(stage.project, next, 'owner');
    });

    const query = <Row>(sql: string, values: unknown[] = []) => stage.world.deps.db.query<Row[]>(sql, values);

    /** Runs `work` from the moment when a transfer has taken its locks, and ends the transfer when that waits for them. */
    async function whileTransferring(work: (tx: EntityManager) => Promise<void>): Promise<void> {
      const { db } = stage.world.deps;
      const { id } = stage.project;
      let waiting: Promise<void> | undefined;
      await db.transaction(async (tx) => {
        await transferLedger(tx, id, { from: accountOf(stage.user), to: accountOf(next) });
        await tx.update(Project, id, { ownerId: accountOf(next) });
        waiting = inTransaction(db, work);
        await untilSomebodyWaits();
      });
      await waiting;
    }

    async function untilSomebodyWaits(): Promise<void> {
      const waits = () =>
        query(`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
      while ((await waits()).length === 0) await sleep(5);
    }

    test('a reservation that waited for it counts with whoever pays now', async () => {
      await announce(stage.world, stage.user, { projectId: stage.project.id, fileSize: MB });
      await whileTransferring((tx) => reserveQuota(tx, stage.project.id, 10));
      const [row] = await query<{ reserved_bytes: string }>(
        'select reserved_bytes from usage where user_id = $1',
        [accountOf(next)],
      );
      expect(row?.reserved_bytes).toBe(String(MB + 10));
      await stage.world.deps.db.transaction((tx) => releaseReservation(tx, stage.project.id, 10));
      expect(await proveLedger(stage.world.deps)).toEqual([]);
    });

    test('a release that waited for it gives back to whoever pays now', async () => {
      await announce(stage.world, stage.user, { projectId: stage.project.id, fileSize: MB });
      await stage.world.deps.db.transaction((tx) => reserveQuota(tx, stage.project.id, 10));
      await whileTransferring((tx) => releaseReservation(tx, stage.project.id, 10));
      expect(await provenUsage(stage.world, stage.project.id)).toMatchObject({
        account: { reserved: `${MB}/1` },
      });
    });

    test('calls into projects of several owners, transfers between them and cancellations end without a deadlock, and the ledger is right', async () => {
      const { deps } = stage.world;
      const second = await stage.world.newProject(next);
      await stage.world.addMember(second, stage.user, 'owner');
      const ids = [stage.project.id, second.id];
      const file = (projectId: string) => ({
        projectId,
        fileSize: 100,
        fileName: 'cargo.bin',
        contentType: 'application/octet-stream',
        checksumSha256: null,
      });
      const [before] = await deadlocks();
      const upload = async (order: string[]) => {
        const begun = await beginUploads(
          stage.user,
          order.map((id) => file(id)),
          deps,
        );
        const [one] = begun;
        if (one && 'upload' in one) await cancelUpload(stage.user, one.upload.assetId, deps);
      };
      const transfer = (projectId: string, to: Principal) =>
        transferProject(stage.user, { projectId, userId: accountOf(to) }, deps);
      // Once a round: whoever waits for a transfer begins again, and not for ever.
      for (let round = 0; round < 30; round += 1) {
        const [one, other] = round % 2 === 0 ? [next, stage.user] : [stage.user, next];
        await Promise.all([
          upload(ids),
          upload(ids.toReversed()),
          transfer(stage.project.id, one),
          upload([...ids, ...ids.toReversed()]),
          transfer(second.id, other),
          upload(ids.toReversed()),
        ]);
      }
      expect(await proveLedger(deps)).toEqual([]);
      expect(await deadlocks()).toEqual([before]);
    });

    const deadlocks = () =>
      query<{ deadlocks: string }>(
        'select deadlocks from pg_stat_database where datname = current_database()',
      );
  },
  [embeddedStorage],
);
