import type { Asset } from '@slipway/core/assets/asset.entity';
import { deleteAsset } from '@slipway/core/assets/delete-asset';
import { Project } from '@slipway/core/projects/project.entity';
import { newLinkToken } from '@slipway/core/sharing/link-token';
import { revokeShare } from '@slipway/core/sharing/revoke-share';
import { Share } from '@slipway/core/sharing/share.entity';
import { describeCore } from '../../support/describe-core';
import { storageForTests } from '../../support/storage-for-tests';
import { storeFile } from '../../support/store-file';
import { PRODUCT_ROLE, withAdmin } from '../../support/test-server';
import { change, eventsOf, linkSteps, seed } from './sharing-steps';

const MINUTE_MS = 60_000;

describeCore(
  'a share link',
  (stage) => {
    let asset: Asset;
    const { share, look, open, download } = linkSteps(stage);
    const deps = () => stage.world.deps;
    const later = (ms: number) => new Date(deps().clock.now().getTime() + ms);
    const downloadsOf = async (shareId: string) =>
      (await deps().db.manager.findOneByOrFail(Share, { id: shareId })).downloads;

    beforeEach(async () => {
      asset = await seed(stage);
    });

    test('gives the original to whoever has it, for five minutes', async () => {
      const file = await storeFile(stage.world, stage.user, {
        projectId: stage.project.id,
        file: stage.file,
      });
      const { token } = await share(file);
      const { signed, downloadsLeft } = await download(token);
      const answer = await fetch(signed.url);
      expect(Buffer.from(await answer.arrayBuffer()).equals(stage.file.body)).toBe(true);
      expect(answer.headers.get('content-disposition')).toMatch(/^attachment/);
      const life = signed.expiresAt.getTime() - deps().clock.now().getTime();
      expect([Math.ceil(life / 1000), downloadsLeft]).toEqual([300, null]);
    });

    test('tells of its file, and nothing of the project or its people', async () => {
      const { token } = await share(asset, { maxDownloads: 2 });
      expect(await look(token)).toEqual({
        name: 'A photo',
        contentType: 'image/png',
        fileSize: 1234,
        asksPassword: false,
        downloadsLeft: 2,
        expiresAt: null,
        thumbnailUrl: null,
        previewUrl: null,
      });
    });

    test('is unknown in the same words when it never was, is misspelt, or was revoked', async () => {
      const { share: link, token } = await share(asset);
      await revokeShare(stage.user, { assetId: asset.id, shareId: link.id }, deps());
      for (const one of [token, newLinkToken(), 'x', `${token}x`, '']) {
        for (const way of [look, open, download]) {
          await expect(way(one, 'x')).rejects.toMatchObject({
            code: 'not_found',
            message: 'There is no such link.',
          });
        }
      }
    });

    test('ends by itself, and says so', async () => {
      const { token } = await share(asset, { expiresAt: later(1_000) });
      await download(token);
      deps().clock.advance(1_000);
      for (const way of [look, open, download]) {
        await expect(way(token, 'x')).rejects.toMatchObject({ code: 'share_expired' });
      }
    });

    test('of which 3 downloads are left gives exactly 3 of 10 at once', async () => {
      const { share: link, token } = await share(asset, { maxDownloads: 3 });
      const results = await Promise.allSettled(Array.from({ length: 10 }, () => download(token)));
      const given = results.flatMap((one) => (one.status === 'fulfilled' ? [one.value.downloadsLeft] : []));
      const refused = results.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
      expect(given.toSorted((one, other) => Number(one) - Number(other))).toEqual([0, 1, 2]);
      expect(refused).toEqual(
        Array.from({ length: 7 }, () => expect.objectContaining({ code: 'share_exhausted' })),
      );
      expect(await downloadsOf(link.id)).toBe(3);
      const onRecord = (await eventsOf(stage, asset)).filter(({ action }) => action === 'accessed');
      expect(onRecord.filter(({ result }) => result === 'success')).toHaveLength(3);
      expect(onRecord.filter(({ reason }) => reason === 'share_exhausted')).toHaveLength(7);
      await expect(look(token)).rejects.toMatchObject({ code: 'share_exhausted' });
    });

    test('is not counted by looking', async () => {
      const { share: link, token } = await share(asset, { maxDownloads: 1 });
      await look(token);
      await look(token);
      expect(await downloadsOf(link.id)).toBe(0);
      await download(token);
    });

    test('that counts shows the thumbnail in place of the picture, which would be the download', async () => {
      await change(stage, asset, { thumbnailKey: 'thumbnails/of-asset.jpg' });
      const free = await look((await share(asset)).token);
      expect(free?.previewUrl).toContain('photo.png');
      const counted = await look((await share(asset, { maxDownloads: 5 })).token);
      expect(counted?.previewUrl).toContain('thumbnails/of-asset.jpg');
      expect(JSON.stringify(counted)).not.toContain('photo.png');
    });

    test.each<[string, Partial<Asset>]>([
      ['image/svg+xml', {}],
      ['text/html', {}],
      ['application/pdf', {}],
      ['image/tiff', {}],
      ['image/png', { fileSize: 9 * 1024 * 1024 }],
    ])('shows no %s by itself (%j)', async (contentType, rest) => {
      await change(stage, asset, { contentType, ...rest });
      expect((await look((await share(asset)).token))?.previewUrl).toBeNull();
    });

    test.each<[string, Partial<Asset>]>([
      ['rejected', { status: 'Rejected' }],
      ['waiting for review', { status: 'In Review' }],
      ['infected', { scanState: 'infected' }],
      ['not scanned yet', { scanState: 'pending' }],
      ['expired', { expiresAt: new Date(0) }],
      ['rejected, though public', { status: 'Rejected', isPublic: true }],
    ])('to an asset that is %s leads nowhere', async (_, state) => {
      const { token } = await share(asset);
      await change(stage, asset, state);
      await expect(look(token)).rejects.toMatchObject({ code: 'not_found' });
      await expect(download(token)).rejects.toMatchObject({ code: 'not_found' });
    });

    test('to an asset that is deleted leads nowhere', async () => {
      const { token } = await share(asset);
      await deleteAsset(stage.user, asset.id, deps());
      await expect(download(token)).rejects.toMatchObject({ code: 'not_found' });
    });

    test('that has ended gives nothing, though the asset is public', async () => {
      await change(stage, asset, { isPublic: true });
      const { token } = await share(asset, { maxDownloads: 1 });
      await download(token);
      await expect(download(token)).rejects.toMatchObject({ code: 'share_exhausted' });
    });

    test('goes on in an archived project', async () => {
      const { token } = await share(asset);
      await deps().db.manager.update(Project, stage.project.id, { archivedAt: deps().clock.now() });
      expect((await download(token)).signed.url).toContain('photo.png');
    });

    test('gives nothing, and counts nothing, that cannot be put on record', async () => {
      const { share: link, token } = await share(asset, { maxDownloads: 1 });
      const asOwner = (sql: string) => withAdmin(stage.world.ownerUrl, (client) => client.query(sql));
      await asOwner(`revoke insert on audit_events from ${PRODUCT_ROLE.role}`);
      try {
        for (const way of [look, download]) await expect(way(token)).rejects.toThrow('permission denied');
        await expect(download(`${token.slice(1)}x`)).rejects.toThrow('permission denied');
      } finally {
        await asOwner(`grant insert on audit_events to ${PRODUCT_ROLE.role}`);
      }
      expect(await downloadsOf(link.id)).toBe(0);
    });

    test('is on record by its id: looked at, downloaded, refused', async () => {
      const { share: link, token } = await share(asset, { maxDownloads: 1 });
      await look(token);
      await download(token);
      await expect(download(token)).rejects.toMatchObject({ code: 'share_exhausted' });
      const [, ...events] = await eventsOf(stage, asset);
      const by = { actorKind: 'link', actorId: link.id, requestId: 'request-1' };
      expect(events).toEqual([
        expect.objectContaining({ action: 'share_opened', result: 'success', ...by }),
        expect.objectContaining({ action: 'accessed', result: 'success', ...by }),
        expect.objectContaining({ action: 'accessed', result: 'refused', reason: 'share_exhausted', ...by }),
      ]);
      expect(events[1]?.details).toMatchObject({ purpose: 'download' });
      expect(events[1]?.personal).toMatchObject({ ip: '203.0.113.7', user_agent: 'a phone' });
      expect(JSON.stringify(events)).not.toContain(token);
    });
  },
  storageForTests(),
);

describeCore(
  'a share link with a password',
  (stage) => {
    let asset: Asset;
    let token: string;
    const { share, look, open, download } = linkSteps(stage);
    const fail = (way: Promise<unknown>, code: string) => expect(way).rejects.toMatchObject({ code });

    beforeEach(async () => {
      asset = await seed(stage);
      token = (await share(asset, { password: 'open sesame', maxDownloads: 2 })).token;
    });

    test('tells nothing, not even a name, before it is given', async () => {
      expect(await look(token)).toBeNull();
      await fail(open(token, null), 'password_required');
      await fail(open(token, 'wrong'), 'wrong_password');
      await fail(download(token), 'password_required');
      await fail(download(token, 'wrong'), 'wrong_password');
      const [, ...events] = await eventsOf(stage, asset);
      const refused = events.map(({ action, reason }) => `${action} ${reason}`);
      expect(refused).toEqual([
        'share_opened password_required',
        'share_opened wrong_password',
        'accessed password_required',
        'accessed wrong_password',
      ]);
    });

    test('tells and gives all when it is', async () => {
      expect(await open(token, 'open sesame')).toMatchObject({ name: 'A photo', asksPassword: true });
      expect((await download(token, 'open sesame')).downloadsLeft).toBe(1);
    });

    test('refuses to be guessed: five tries, then waits that grow, whatever is tried', async () => {
      for (let count = 0; count < 5; count += 1)
        await fail(download(token, `guess ${count}`), 'wrong_password');
      const refused = expect.objectContaining({ code: 'too_many_attempts', retryAfter: 30 });
      await expect(download(token, 'open sesame')).rejects.toEqual(refused);
      await expect(open(token, 'open sesame')).rejects.toEqual(refused);
      stage.world.deps.clock.advance(30_000);
      await fail(download(token, 'a sixth'), 'wrong_password');
      await expect(download(token, 'x')).rejects.toMatchObject({ code: 'too_many_attempts', retryAfter: 60 });
      stage.world.deps.clock.advance(MINUTE_MS);
      await download(token, 'open sesame');
    });

    test('tries no more than five of fifty guesses at once', async () => {
      const guesses = Array.from({ length: 50 }, (_, count) => download(token, `guess ${count}`));
      const codes = (await Promise.allSettled(guesses)).map(
        (one) => (one as { reason: { code: string } }).reason.code,
      );
      expect(codes.filter((code) => code === 'wrong_password')).toHaveLength(5);
      expect(codes.filter((code) => code === 'too_many_attempts')).toHaveLength(45);
    });

    test('keeps a guesser from nobody else, and from no other link', async () => {
      const { token: other } = await share(asset, { password: 'open sesame' });
      for (let count = 0; count < 5; count += 1) await fail(download(token, 'x'), 'wrong_password');
      await fail(download(token, 'x'), 'too_many_attempts');
      expect((await download(token, 'open sesame', '198.51.100.1')).downloadsLeft).toBe(1);
      expect((await download(other, 'open sesame')).downloadsLeft).toBeNull();
    });
  },
  storageForTests().slice(0, 1),
);
