import type { Asset } from '@slipway/core/assets/asset.entity';
import { requireViewable } from '@slipway/core/assets/require-asset';
import { deleteAsset } from '@slipway/core/assets/delete-asset';
import { Project } from '@slipway/core/projects/project.entity';
import type { Principal } from '@slipway/core/shared/principal';
import { listShares } from '@slipway/core/sharing/list-shares';
import { revokeShare } from '@slipway/core/sharing/revoke-share';
import { shareToPerson } from '@slipway/core/sharing/share-asset';
import { Share } from '@slipway/core/sharing/share.entity';
import { statementsOf } from '../../support/count-statements';
import { describeCore } from '../../support/describe-core';
import { storageForTests } from '../../support/storage-for-tests';
import { eventsOf, linkSteps, seed } from './sharing-steps';

// No object is looked at.
const ANY_STORAGE = storageForTests().slice(0, 1);

describeCore(
  'a share to a person',
  (stage) => {
    let asset: Asset;
    let guest: Principal;
    const deps = () => stage.world.deps;
    const emailOf = ({ account }: Principal) => String(account?.email);
    const later = (ms: number) => new Date(deps().clock.now().getTime() + ms);
    const share = (email: string, expiresAt: Date | null = null, by = stage.user) =>
      shareToPerson(by, { assetId: asset.id, email, expiresAt }, deps());
    const view = () => requireViewable(guest, { id: asset.id }, deps());
    const shares = async () => (await listShares(stage.user, { assetId: asset.id, limit: 50 }, deps())).rows;

    beforeEach(async () => {
      asset = await seed(stage);
      guest = await stage.world.newUser();
    });

    test('lets whoever has the address see the asset, however it is written', async () => {
      await expect(view()).rejects.toMatchObject({ code: 'not_found' });
      await share(emailOf(guest).toUpperCase());
      expect((await view()).id).toBe(asset.id);
    });

    test('does the same, in as many statements, for an address that nobody has', async () => {
      const known = await statementsOf(deps().db, () => share(emailOf(guest)));
      const unknown = await statementsOf(deps().db, () => share('nobody@example.com'));
      expect(unknown).toEqual(known);
    });

    test('ends by itself', async () => {
      await share(emailOf(guest), later(1_000));
      await view();
      deps().clock.advance(1_000);
      await expect(view()).rejects.toMatchObject({ code: 'not_found' });
    });

    test('is renewed by a second one to the same address', async () => {
      const first = await share(emailOf(guest), later(1_000));
      const second = await share(emailOf(guest).toUpperCase(), later(9_000));
      expect(second).toMatchObject({ id: first.id, expiresAt: later(9_000) });
      expect(await shares()).toHaveLength(1);
      deps().clock.advance(5_000);
      await view();
    });

    test('is one, also when it is made ten times at once', async () => {
      const made = await Promise.all(Array.from({ length: 10 }, () => share(emailOf(guest))));
      expect(new Set(made.map(({ id }) => id)).size).toBe(1);
      expect(await shares()).toHaveLength(1);
    });

    test('ends at once when it is revoked, and can be made again', async () => {
      const { id: shareId } = await share(emailOf(guest));
      const revoke = () => revokeShare(stage.user, { assetId: asset.id, shareId }, deps());
      await revoke();
      await expect(view()).rejects.toMatchObject({ code: 'not_found' });
      await expect(revoke()).rejects.toMatchObject({ code: 'not_found' });
      expect((await share(emailOf(guest))).id).not.toBe(shareId);
      await view();
    });

    test('is not revoked by way of another asset', async () => {
      const { id: shareId } = await share(emailOf(guest));
      const other = await seed(stage);
      const revoking = revokeShare(stage.user, { assetId: other.id, shareId }, deps());
      await expect(revoking).rejects.toMatchObject({ code: 'not_found' });
      await view();
    });

    test('cannot end before it begins', async () => {
      await expect(share(emailOf(guest), deps().clock.now())).rejects.toMatchObject({
        code: 'invalid_request',
        errors: [{ field: 'expires_at' }],
      });
    });

    test('is for editors to make, see and revoke', async () => {
      const [viewer, editor, stranger] = [
        await stage.world.newUser(),
        await stage.world.newUser(),
        await stage.world.newUser(),
      ];
      await stage.world.addMember(stage.project, viewer, 'viewer');
      await stage.world.addMember(stage.project, editor, 'editor');
      const { id: shareId } = await share(emailOf(guest));
      const ways = (by: Principal) => [
        () => share('x@example.com', null, by),
        () => listShares(by, { assetId: asset.id, limit: 1 }, deps()),
        () => revokeShare(by, { assetId: asset.id, shareId }, deps()),
      ];
      for (const way of ways(viewer)) await expect(way()).rejects.toMatchObject({ code: 'forbidden' });
      for (const by of [stranger, guest]) {
        for (const way of ways(by)) await expect(way()).rejects.toMatchObject({ code: 'not_found' });
      }
      for (const way of ways(editor)) await way();
    });

    test('goes on in an archive, where none is made and each can be revoked', async () => {
      const { id: shareId } = await share(emailOf(guest));
      await deps().db.manager.update(Project, stage.project.id, { archivedAt: deps().clock.now() });
      await view();
      await expect(share('x@example.com')).rejects.toMatchObject({ code: 'project_archived' });
      await expect(linkSteps(stage).share(asset)).rejects.toMatchObject({ code: 'project_archived' });
      expect(await shares()).toHaveLength(1);
      await revokeShare(stage.user, { assetId: asset.id, shareId }, deps());
      await expect(view()).rejects.toMatchObject({ code: 'not_found' });
    });

    test('is on record with whom it is to, apart from what is kept for ever', async () => {
      const { id } = await share('Guest@Example.com');
      await revokeShare(stage.user, { assetId: asset.id, shareId: id }, deps());
      const [shared, revoked] = await eventsOf(stage, asset);
      expect(shared).toMatchObject({
        action: 'shared',
        details: { share_id: id, kind: 'user' },
        personal: { email: 'guest@example.com' },
      });
      expect(JSON.stringify(shared?.details)).not.toContain('example.com');
      expect(revoked).toMatchObject({ action: 'share_revoked', details: { share_id: id, kind: 'user' } });
    });

    test('of a deleted asset is none', async () => {
      await share(emailOf(guest));
      await deleteAsset(stage.user, asset.id, deps());
      await expect(share(emailOf(guest))).rejects.toMatchObject({ code: 'not_found' });
      await expect(shares()).rejects.toMatchObject({ code: 'not_found' });
    });

    test('is listed a page at a time, each by an index', async () => {
      for (let count = 0; count < 5; count += 1) {
        deps().clock.advance(1);
        await share(`guest${count}@example.com`);
      }
      const first = await listShares(stage.user, { assetId: asset.id, limit: 3 }, deps());
      const second = await listShares(
        stage.user,
        { assetId: asset.id, limit: 3, cursor: String(first.nextCursor) },
        deps(),
      );
      const emails = [...first.rows, ...second.rows].map(({ email }) => email);
      expect(emails).toEqual([4, 3, 2, 1, 0].map((count) => `guest${count}@example.com`));
      expect(second.nextCursor).toBeNull();
    });

    test('of a link keeps neither its token nor its password', async () => {
      const { share: link, token } = await linkSteps(stage).share(asset, { password: 'open sesame' });
      const row = JSON.stringify(await deps().db.query('select * from shares where id = $1', [link.id]));
      expect(row).not.toContain(token);
      expect(row).not.toContain('open sesame');
      const stored = await deps().db.manager.findOneByOrFail(Share, { id: link.id });
      expect(stored.passwordHash).toMatch(/^\$argon2id\$/);
    });
  },
  ANY_STORAGE,
);
