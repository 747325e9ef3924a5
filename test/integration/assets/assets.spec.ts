import { assetUrls, openSigningContext } from '@slipway/core/assets/asset-urls';
import { deleteAsset } from '@slipway/core/assets/delete-asset';
import { grantAccess } from '@slipway/core/assets/grant-access';
import { listAssets } from '@slipway/core/assets/list-assets';
import { purgeAssetObjects } from '@slipway/core/assets/purge-asset-objects';
import { requireVisible } from '@slipway/core/assets/require-asset';
import type { Asset } from '@slipway/core/assets/asset.entity';
import { AuditEvent } from '@slipway/core/audit/audit-event.entity';
import { describeCore } from '../../support/describe-core';
import { sha256, type TestFile } from '../../support/test-files';
import { begin, complete, send } from '../../support/upload-steps';

describeCore('an asset', (stage) => {
  const upload = async (file: TestFile = stage.file): Promise<Asset> => {
    const begun = await begin(stage.world, stage.user, { projectId: stage.project.id, file });
    await send(begun, file.body);
    return (await complete(stage.world, stage.user, begun.upload)).asset;
  };
  const deps = () => stage.world.deps;

  test('pages come newest first and end', async () => {
    const assets: Asset[] = [];
    for (let n = 0; n < 5; n += 1) {
      deps().clock.advance(1_000);
      assets.push(await upload());
    }
    const newestFirst = assets.map(({ id }) => id).reverse();
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listAssets(stage.user, { projectId: stage.project.id, limit: 2, cursor }, deps());
      seen.push(...page.rows.map(({ asset }) => asset.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(newestFirst);
  });

  test('made in the same millisecond are all listed once', async () => {
    const ids = [await upload(), await upload(), await upload()].map(({ id }) => id).sort();
    const first = await listAssets(stage.user, { projectId: stage.project.id, limit: 2 }, deps());
    const cursor = first.nextCursor ?? undefined;
    const second = await listAssets(stage.user, { projectId: stage.project.id, limit: 2, cursor }, deps());
    expect([...first.rows, ...second.rows].map(({ asset }) => asset.id).sort()).toEqual(ids);
  });

  test('has the same URLs inside a window, and they open it', async () => {
    const asset = await upload();
    const context = await openSigningContext(stage.user, deps());
    const visible = await requireVisible(stage.user, { id: asset.id }, deps());
    const urls = assetUrls(visible, context);
    expect(assetUrls(visible, { ...context, now: new Date(context.now.getTime() + 1) })).toEqual(urls);
    const response = await fetch(String(urls.accessUrl));
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(response.headers.get('cache-control')).toContain('immutable');
    expect(sha256(Buffer.from(await response.arrayBuffer()))).toBe(sha256(stage.file.body));
    expect((await fetch(urls.storageUrl)).status).toBe(403);
  });

  test('is granted on record, as a download with its name', async () => {
    const asset = await upload({ ...stage.file, name: 'ü.png' });
    const { url, expiresAt } = await grantAccess(
      stage.user,
      { assetId: asset.id, purpose: 'download', expiresIn: 120 },
      deps(),
    );
    const response = await fetch(url);
    expect(response.headers.get('content-disposition')).toContain("filename*=UTF-8''%C3%BC.png");
    await response.arrayBuffer();
    expect(expiresAt.getTime() - deps().clock.now().getTime()).toBeGreaterThanOrEqual(120_000);
    const [event] = await deps().db.manager.findBy(AuditEvent, { assetId: asset.id, action: 'accessed' });
    expect(event).toMatchObject({
      actorId: stage.user.id,
      personal: { ip: '127.0.0.1' },
      details: { purpose: 'download' },
    });
  });

  test('of a type that could run as the storage’s origin only downloads', async () => {
    const body = Buffer.from('<!doctype html><title>hello</title>');
    const asset = await upload({ name: 'page.html', contentType: 'text/html', body });
    const visible = await requireVisible(stage.user, { id: asset.id }, deps());
    const { accessUrl } = assetUrls(visible, await openSigningContext(stage.user, deps()));
    const response = await fetch(String(accessUrl));
    expect(response.headers.get('content-disposition')).toMatch(/^attachment/);
    await response.arrayBuffer();
  });

  test('is deleted once, with its bytes and everything stored for it', async () => {
    const asset = await upload();
    const before = await stage.usage();
    const results = await Promise.allSettled([
      deleteAsset(stage.user, asset.id, deps()),
      deleteAsset(stage.user, asset.id, deps()),
    ]);
    expect(results.some(({ status }) => status === 'fulfilled')).toBe(true);
    expect(await stage.usage()).toMatchObject({
      used: before.used - asset.fileSize,
      files: before.files - 1,
    });
    await expect(requireVisible(stage.user, { id: asset.id }, deps())).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await stage.world.waitingJobs('purge-asset-objects')).toContainEqual({ asset_id: asset.id });
    await purgeAssetObjects({ assetId: asset.id }, deps());
    expect(await deps().objects.head(asset.fileKey)).toBeNull();
  });

  test('that is not deleted is never purged', async () => {
    const asset = await upload();
    await purgeAssetObjects({ assetId: asset.id }, deps());
    expect(await deps().objects.head(asset.fileKey)).not.toBeNull();
  });

  test('of another user does not exist', async () => {
    const asset = await upload();
    const stranger = await stage.world.newUser();
    for (const attempt of [
      () => requireVisible(stranger, { id: asset.id }, deps()),
      () => deleteAsset(stranger, asset.id, deps()),
      () => grantAccess(stranger, { assetId: asset.id, purpose: 'view' }, deps()),
      () => listAssets(stranger, { projectId: stage.project.id, limit: 1 }, deps()),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: 'not_found' });
    }
  });
});
