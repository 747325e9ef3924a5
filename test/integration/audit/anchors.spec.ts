import { CreateBucketCommand, DeleteObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { anchorAudit } from '@slipway/core/audit/anchor-audit';
import { sealAudit } from '@slipway/core/audit/seal-audit';
import { verifyAudit } from '@slipway/core/audit/verify-audit';
import { systemPrincipal } from '@slipway/core/shared/principal';
import { createS3Client } from '@slipway/platform/object-store/s3-client';
import { StorageError } from '@slipway/platform/object-store/storage-error';
import { anchorsOf, recordMany } from '../../support/audit-steps';
import { type CoreWorld, createCoreWorld } from '../../support/core-world';
import { describeCore } from '../../support/describe-core';
import { cephRgw, embeddedStorage, type RunningStorage } from '../../support/object-stores';
import { storageWith, sweep } from '../../support/reconcile-steps';

const principal = systemPrincipal();

async function sealMore({ deps }: CoreWorld): Promise<void> {
  await recordMany({ deps } as CoreWorld, { principal, count: 2 });
  await sealAudit({}, deps);
}

describeCore('the anchors of the audit trail', (stage) => {
  const deps = () => stage.world.deps;

  test('hold the head of the chain, and are written once a head', async () => {
    await sealMore(stage.world);
    const written = await anchorAudit(deps());
    expect(written?.key).toBe(
      `audit/anchors/${String(written?.anchor.number).padStart(12, '0')}-${written?.anchor.hash}.json`,
    );
    const body = await deps().objects.readRange(written?.key ?? '', 0, 1_000);
    expect(JSON.parse(body.toString())).toEqual(written?.anchor);
    expect(await anchorAudit(deps())).toBeNull();
    await sealMore(stage.world);
    expect((await anchorAudit(deps()))?.anchor.number).toBe((written?.anchor.number ?? 0) + 1);
    expect(await verifyAudit({ anchors: true }, deps())).toMatchObject({ fault: null });
  });

  test('are written without a lock where bucket or storage have none', async () => {
    await sealMore(stage.world);
    const settings = { ...deps().settings, audit: { ...deps().settings.audit, anchorLockDays: 7 } };
    expect(await anchorAudit({ ...deps(), settings })).toMatchObject({ locked: false });
  });

  test('are no business of the comparison of bucket and database', async () => {
    await sealMore(stage.world);
    await anchorAudit(deps());
    const before = await anchorsOf(stage.world);
    deps().clock.advance(30 * 24 * 60 * 60 * 1000);
    const { found } = await sweep(deps(), { dryRun: false });
    expect(found.filter(([, facts]) => JSON.stringify(facts).includes('audit/'))).toEqual([]);
    expect(await anchorsOf(stage.world)).toEqual(before);
  });

  test('among which something else lies are read all the same', async () => {
    await sealMore(stage.world);
    await anchorAudit(deps());
    await deps().objects.put('audit/anchors/000000000001-note.txt', Buffer.from('x'), {
      contentType: 'text/plain',
    });
    expect(await verifyAudit({ anchors: true }, deps())).toMatchObject({ fault: null });
  });

  test('wait for a storage that is away', async () => {
    await sealMore(stage.world);
    const objects = storageWith(deps().objects, {
      put: () => Promise.reject(new StorageError('unavailable', 'Storage is away')),
    });
    await expect(anchorAudit({ ...deps(), objects })).rejects.toThrow('Storage is away');
    expect(await anchorAudit(deps())).not.toBeNull();
  });
});

const ceph = cephRgw();
const describeOnCeph = ceph.missing === null ? describe : describe.skip;

describeOnCeph('An anchor in a bucket with object lock', () => {
  let storage: RunningStorage;
  let world: CoreWorld;

  beforeAll(async () => {
    const running = await ceph.start();
    storage = { ...running, bucket: 'with-lock', stop: () => running.stop() };
    const client = createS3Client(storage);
    await client.send(new CreateBucketCommand({ Bucket: storage.bucket, ObjectLockEnabledForBucket: true }));
    client.destroy();
    world = await createCoreWorld(storage);
    Object.assign(world.deps.settings.audit, { anchorLockDays: 1 });
  });

  afterAll(async () => {
    await world.close();
    await storage.stop();
  });

  test('is deleted by nobody, not by whoever has the key of the storage', async () => {
    await sealMore(world);
    const written = await anchorAudit(world.deps);
    expect(written?.locked).toBe(true);
    const client = createS3Client(storage);
    const { Versions = [] } = await client.send(
      new ListObjectVersionsCommand({ Bucket: storage.bucket, Prefix: written?.key }),
    );
    const version = { Bucket: storage.bucket, Key: written?.key, VersionId: Versions[0]?.VersionId };
    await expect(client.send(new DeleteObjectCommand(version))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
    client.destroy();
  });
});

test('the embedded storage has no lock, and says so', async () => {
  const storage = await embeddedStorage.start();
  const world = await createCoreWorld(storage);
  const lockedUntil = new Date(Date.now() + 1_000_000);
  const put = world.deps.objects.put('audit/anchors/x', Buffer.from('x'), {
    contentType: 'text/plain',
    lockedUntil,
  });
  await expect(put).rejects.toMatchObject({ failure: 'refused' });
  await world.close();
  await storage.stop();
});
