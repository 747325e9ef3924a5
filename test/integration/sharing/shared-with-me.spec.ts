import type { Asset } from '@slipway/core/assets/asset.entity';
import { deleteAsset } from '@slipway/core/assets/delete-asset';
import { keyPrincipal, type Principal, userPrincipal } from '@slipway/core/shared/principal';
import { listSharedWithMe } from '@slipway/core/sharing/list-shared-with-me';
import { revokeShare } from '@slipway/core/sharing/revoke-share';
import { shareToPerson } from '@slipway/core/sharing/share-asset';
import { describeCore } from '../../support/describe-core';
import { storageForTests } from '../../support/storage-for-tests';
import { change, seed } from './sharing-steps';

describeCore(
  'what is shared with somebody',
  (stage) => {
    let guest: Principal;
    const deps = () => stage.world.deps;
    const email = () => String(guest.account?.email);
    const later = (ms: number) => new Date(deps().clock.now().getTime() + ms);
    const share = (asset: Asset, expiresAt: Date | null = null) =>
      shareToPerson(stage.user, { assetId: asset.id, email: email(), expiresAt }, deps());
    const read = (by = guest, limit = 50, cursor?: string) => listSharedWithMe(by, { limit, cursor }, deps());
    const ids = async (by = guest) => (await read(by)).rows.map(({ asset }) => asset.id);

    const seedShared = async (expiresAt: Date | null = null): Promise<Asset> => {
      deps().clock.advance(1);
      const asset = await seed(stage);
      await share(asset, expiresAt);
      return asset;
    };

    beforeEach(async () => {
      guest = await stage.world.newUser();
    });

    test('is listed, the latest share first, with its time', async () => {
      const first = await seedShared();
      const until = later(60_000);
      const second = await seedShared(until);
      const { rows, nextCursor } = await read();
      expect(rows.map(({ asset }) => asset.id)).toEqual([second.id, first.id]);
      expect(rows[0]).toMatchObject({
        decision: { allowed: true, by: 'share' },
        sharedAt: deps().clock.now(),
        sharedUntil: until,
      });
      expect(nextCursor).toBeNull();
    });

    test('goes over pages without a gap or a repeat, also where some may not be seen any more', async () => {
      const assets: Asset[] = [];
      for (let count = 0; count < 7; count += 1) assets.push(await seedShared());
      await change(stage, assets[3] as Asset, { status: 'Rejected' });
      const seen: string[] = [];
      let cursor: string | null | undefined;
      do {
        const page = await read(guest, 2, cursor ?? undefined);
        seen.push(...page.rows.map(({ asset }) => asset.id));
        cursor = page.nextCursor;
      } while (cursor !== null);
      const expected = assets.filter((_, index) => index !== 3).map(({ id }) => id);
      expect(seen).toEqual(expected.toReversed());
    });

    test('is what may be seen now', async () => {
      const [ended, revoked, deleted, infected, kept] = [
        await seedShared(later(10_000)),
        await seedShared(),
        await seedShared(),
        await seedShared(),
        await seedShared(),
      ];
      const { id: shareId } = await share(revoked);
      await revokeShare(stage.user, { assetId: revoked.id, shareId }, deps());
      await deleteAsset(stage.user, deleted.id, deps());
      await change(stage, infected, { scanState: 'infected' });
      expect(await ids()).toEqual([kept.id, ended.id]);
      deps().clock.advance(10_000);
      expect(await ids()).toEqual([kept.id]);
    });

    test('does not stay for a member when the share has ended', async () => {
      await stage.world.addMember(stage.project, guest, 'viewer');
      const asset = await seedShared(later(10_000));
      expect(await ids()).toEqual([asset.id]);
      deps().clock.advance(10_000);
      expect(await ids()).toEqual([]);
    });

    test('is nothing for an address that is not proven, where that is asked for', async () => {
      await seedShared();
      const account = { ...guest.account!, emailTrusted: false };
      expect(await ids(userPrincipal(account, guest))).toEqual([]);
    });

    test('is nothing for a key that is bound to a project', async () => {
      const asset = await seedShared();
      const key = { id: 'KEY-1', account: guest.account!, scopes: ['assets:read'] as const };
      expect(await ids(keyPrincipal({ ...key, projectId: stage.project.id }, guest))).toEqual([]);
      expect(await ids(keyPrincipal({ ...key, projectId: null }, guest))).toEqual([asset.id]);
    });

    test('is read from the index, whichever page it is', async () => {
      for (let count = 0; count < 3; count += 1) await seedShared();
      const plan = await deps().db.transaction(async (tx) => {
        await tx.query('set local enable_seqscan = off');
        await tx.query('set local enable_sort = off');
        return tx.query<{ 'QUERY PLAN': string }[]>(
          `explain select id from shares where email = $1 and email is not null and revoked_at is null
             and (created_at, id) < ('infinity', '') order by created_at desc, id desc limit 3`,
          [email()],
        );
      });
      const text = plan.map((row) => row['QUERY PLAN']).join('\n');
      expect(text).toContain('using shares_email');
      expect(text).not.toContain('Filter');
    });
  },
  storageForTests().slice(0, 1),
);
