import { releaseReservation, releaseUsage } from '@slipway/core/quotas/release-quota';
import { reserveQuota } from '@slipway/core/quotas/reserve-quota';
import { settleQuota } from '@slipway/core/quotas/settle-quota';
import { describeCore } from '../../support/describe-core';
import { embeddedStorage } from '../../support/object-stores';
import { announce, both, MB, provenUsage, refusals, setTier } from '../../support/quota-steps';

const CALLS = 200;
const RUNS = 20;

describeCore(
  'reservations at once',
  (stage) => {
    const announceMany = (fileSize: number) =>
      Promise.allSettled(
        Array.from({ length: CALLS }, () =>
          announce(stage.world, stage.user, { projectId: stage.project.id, fileSize }),
        ),
      );

    test.each(Array.from({ length: RUNS }, (_, run) => [700_000 + run * 123_457]))(
      '200 uploads of %d bytes for the last 10 MB of an account: as many as fit, never a byte over',
      async (fileSize) => {
        await setTier(stage.world, stage.user, { maxBytes: 50 * MB });
        await announce(stage.world, stage.user, { projectId: stage.project.id, fileSize: 40 * MB });
        const refused = refusals(await announceMany(fileSize));
        const fitting = Math.floor((10 * MB) / fileSize);
        expect(CALLS - refused.length).toBe(fitting);
        const counted = both('0/0', `${40 * MB + fitting * fileSize}/${fitting + 1}`);
        expect(await provenUsage(stage.world, stage.project.id)).toEqual(counted);
        for (const { facts } of refused) expect(facts).toMatchObject({ scope: 'user', kind: 'bytes' });
      },
    );

    test.each([
      ['7 files in the account', { maxFiles: 7 }, { scope: 'user', kind: 'files', limit: 7, requested: 1 }],
      [
        '7 MB in the project',
        { maxProjectBytes: 7 * MB },
        { scope: 'project', kind: 'bytes', requested: MB },
      ],
      ['7 files in the project', { maxProjectFiles: 7 }, { scope: 'project', kind: 'files', limit: 7 }],
    ])('200 uploads of 1 MB where there is room for %s: seven are let in', async (_, limits, facts) => {
      await setTier(stage.world, stage.user, limits);
      const refused = refusals(await announceMany(MB));
      expect(refused).toHaveLength(CALLS - 7);
      for (const refusal of refused) expect(refusal.facts).toMatchObject(facts);
      const counted = both('0/0', `${7 * MB}/7`);
      expect(await provenUsage(stage.world, stage.project.id)).toEqual(counted);
    });

    test('all that moves the ledger of two projects of one owner goes on beside the rest, without a deadlock', async () => {
      const { db } = stage.world.deps;
      const other = await stage.world.newProject(stage.user);
      // Without `inTransaction`, which would run the victim of a deadlock again.
      const walk = (ids: string[]) =>
        db.transaction(async (tx) => {
          for (const id of ids) await reserveQuota(tx, id, 10);
          for (const id of ids.toReversed()) await settleQuota(tx, id, 10);
          for (const id of ids) await reserveQuota(tx, id, 10);
          for (const id of ids.toReversed()) await releaseReservation(tx, id, 10);
          for (const id of ids) await releaseUsage(tx, id, 10);
        });
      const step = (id: string) => db.transaction((tx) => reserveQuota(tx, id, 10));
      const back = (id: string) => db.transaction((tx) => releaseReservation(tx, id, 10));
      for (let round = 0; round < 20; round += 1) {
        const ids = [stage.project.id, other.id];
        await Promise.all([...ids.map(step), walk(ids), walk(ids.toReversed()), ...ids.map(step)]);
        await Promise.all([...ids.map(back), walk(ids), walk(ids.toReversed()), ...ids.map(back)]);
      }
      const nothing = both('0/0', '0/0');
      for (const { id } of [stage.project, other]) {
        expect(await provenUsage(stage.world, id)).toEqual(nothing);
      }
    });
  },
  [embeddedStorage],
);
