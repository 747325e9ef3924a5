import type { Asset } from '@slipway/core/assets/asset.entity';
import { deleteAsset } from '@slipway/core/assets/delete-asset';
import { AuditEvent } from '@slipway/core/audit/audit-event.entity';
import { repairLedger } from '@slipway/core/quotas/repair-ledger';
import { FINDING_KINDS, type FindingKind } from '@slipway/core/reconcile/finding';
import { generateRendition } from '@slipway/core/renditions/generate-rendition';
import { Rendition } from '@slipway/core/renditions/rendition.entity';
import { cancelUpload } from '@slipway/core/uploads/cancel-upload';
import { Upload } from '@slipway/core/uploads/upload.entity';
import type { Thumbnailer } from '@slipway/platform/media/thumbnailer';
import { objectKey } from '@slipway/platform/object-store/object-key';
import { describeCore } from '../../support/describe-core';
import { cutAboveFiveMiB, largeFile, sendParts } from '../../support/part-steps';
import { inOrder, later, sweep, type Found } from '../../support/reconcile-steps';
import { begin, complete, send } from '../../support/upload-steps';

const DAYS_8 = 8 * 24;

describeCore('what the sweep finds', (stage) => {
  cutAboveFiveMiB(stage);
  const world = () => stage.world.deps;
  const store = () => world().objects;
  const query = (sql: string, values: unknown[]) => world().db.query(sql, values);
  const put = (key: string, text = 'left behind') =>
    store().put(key, Buffer.from(text), { contentType: 'text/plain' });
  const beginFile = (file = stage.file) =>
    begin(stage.world, stage.user, { projectId: stage.project.id, file });

  /** As it is when the worker has removed the incoming object. */
  async function uploaded(): Promise<Asset> {
    const begun = await beginFile();
    await send(begun, stage.file.body);
    const { asset } = await complete(stage.world, stage.user, begun.upload);
    await store().delete(begun.upload.incomingKey);
    return asset;
  }

  async function withQrCode(asset: Asset): Promise<Rendition> {
    const where = { assetId: asset.id, name: 'qr-code' } as const;
    const { id } = await world().db.manager.findOneByOrFail(Rendition, where);
    const thumbnailer = undefined as unknown as Thumbnailer;
    await generateRendition({ renditionId: id, attempt: 1, maxAttempts: 1 }, { ...world(), thumbnailer });
    return world().db.manager.findOneByOrFail(Rendition, where);
  }

  /** Ended, with the objects still there: the jobs that would remove them were lost. */
  async function cancelled(): Promise<Upload> {
    const { upload } = await beginFile();
    await cancelUpload(stage.user, upload.assetId, world());
    return upload;
  }

  interface Case {
    kind: FindingKind;
    title: string;
    /** Makes it, and tells what is to be found. */
    make: () => Promise<Found[]>;
    hours?: number;
    /** What a person does, or a job, so that the next run finds nothing. */
    then?: () => Promise<unknown>;
    mended: boolean;
  }

  let undo: () => Promise<unknown>;
  const cases: Case[] = [
    {
      kind: 'stray_object',
      title: 'a copy that was made for an upload which then ended',
      mended: true,
      async make() {
        const { fileKey, assetId } = await cancelled();
        await put(fileKey);
        return [['stray_object', { key: fileKey, asset_id: assetId }]];
      },
    },
    {
      kind: 'stray_object',
      title: 'the objects of a deleted asset',
      mended: true,
      async make() {
        const asset = await uploaded();
        const rendition = await withQrCode(asset);
        await deleteAsset(stage.user, asset.id, world());
        const keys = [asset.fileKey, rendition.key];
        return keys.map((key): Found => ['stray_object', { key, asset_id: asset.id }]);
      },
    },
    {
      kind: 'unknown_object',
      title: 'objects that this database never heard of, which only people may remove',
      mended: false,
      async make() {
        const keys = [
          objectKey.original('PRJ-x', 'AST-x', 'foreign.txt'),
          `${objectKey.projectsPrefix}readme`,
        ];
        undo = () => Promise.all(keys.map((key) => store().delete(key)));
        await Promise.all(keys.map((key) => put(key)));
        return keys.map((key): Found => ['unknown_object', { key }]);
      },
    },
    {
      kind: 'missing_object',
      title: 'an asset without its object, which nobody can bring back',
      mended: false,
      async make() {
        const { id, fileKey } = await uploaded();
        undo = () => deleteAsset(stage.user, id, world());
        await store().delete(fileKey);
        return [['missing_object', { key: fileKey, asset_id: id }]];
      },
    },
    {
      kind: 'size_differs',
      title: 'an object that is not the recorded one',
      mended: false,
      async make() {
        const { id, fileKey, fileSize } = await uploaded();
        undo = () => put(fileKey, 'x'.repeat(fileSize));
        await put(fileKey, 'short');
        return [['size_differs', { key: fileKey, asset_id: id, size: 5, recorded: fileSize }]];
      },
    },
    {
      kind: 'size_differs',
      title: 'a rendition of another size, which is made again',
      mended: true,
      async make() {
        const asset = await uploaded();
        const { key, fileSize } = await withQrCode(asset);
        await put(key, 'short');
        return [['size_differs', { key, asset_id: asset.id, size: 5, recorded: Number(fileSize) }]];
      },
    },
    {
      kind: 'missing_rendition',
      title: 'a rendition that is gone',
      mended: true,
      async make() {
        const asset = await uploaded();
        const { key } = await withQrCode(asset);
        undo = async () => {
          expect(await store().head(key)).toBeNull();
          await withQrCode(asset);
          expect(await store().head(key)).not.toBeNull();
        };
        await store().delete(key);
        return [['missing_rendition', { key, asset_id: asset.id }]];
      },
    },
    {
      kind: 'stray_incoming',
      title: 'what landed after its upload had ended',
      mended: true,
      async make() {
        const { incomingKey } = await cancelled();
        await put(incomingKey);
        return [['stray_incoming', { key: incomingKey }]];
      },
    },
    {
      kind: 'stray_incoming',
      title: 'what nobody knows under incoming/, after a day',
      mended: true,
      hours: 25,
      async make() {
        const keys = [`${objectKey.checkPrefix('dead')}object`, objectKey.incoming('UPL-unheard-of')];
        await Promise.all(keys.map((key) => put(key)));
        expect((await sweep(later(world(), 20), { dryRun: false })).found).toEqual([]);
        return keys.map((key): Found => ['stray_incoming', { key }]);
      },
    },
    {
      kind: 'stray_multipart',
      title: 'parts of an upload that has ended',
      mended: true,
      async make() {
        const file = largeFile();
        const { upload } = await beginFile(file);
        await sendParts(stage.world, stage.user, { upload, file, numbers: [1] });
        const { storageUploadId } = await world().db.manager.findOneByOrFail(Upload, { id: upload.id });
        await cancelUpload(stage.user, upload.assetId, world());
        return [['stray_multipart', { key: upload.fileKey, storage_upload_id: String(storageUploadId) }]];
      },
    },
    {
      kind: 'stray_multipart',
      title: 'a second upload in parts, made by a call that died before it was recorded',
      mended: true,
      async make() {
        const file = largeFile();
        const { upload } = await beginFile(file);
        await sendParts(stage.world, stage.user, { upload, file, numbers: [1] });
        const { contentType, fileKey: key } = upload;
        const made = await store().createMultipart(key, { contentType, checksum: 'none' });
        undo = async () => {
          await sendParts(stage.world, stage.user, { upload, file, numbers: [2] });
          await complete(stage.world, stage.user, upload);
        };
        return [['stray_multipart', { key, storage_upload_id: made.storageUploadId }]];
      },
    },
    {
      kind: 'stray_multipart',
      title: 'parts that nobody knows, after a week',
      mended: true,
      hours: DAYS_8,
      async make() {
        const key = objectKey.original('PRJ-x', 'AST-x', 'foreign.bin');
        const made = await store().createMultipart(key, { contentType: 'text/plain', checksum: 'none' });
        expect((await sweep(later(world(), 6 * 24), { dryRun: false })).found).toEqual([]);
        return [['stray_multipart', { key, storage_upload_id: made.storageUploadId }]];
      },
    },
    {
      kind: 'overdue_upload',
      title: 'a pending upload whose job was lost',
      mended: true,
      async make() {
        const { upload } = await beginFile();
        await query('delete from graphile_worker._private_jobs where key = $1', [
          `expire-upload:${upload.id}`,
        ]);
        return [['overdue_upload', { upload_id: upload.id, asset_id: upload.assetId }]];
      },
    },
    {
      kind: 'overdue_upload',
      title: 'a pending upload whose job has used up its attempts',
      mended: true,
      async make() {
        const { upload } = await beginFile();
        const key = `expire-upload:${upload.id}`;
        await query('update graphile_worker._private_jobs set attempts = max_attempts where key = $1', [key]);
        return [['overdue_upload', { upload_id: upload.id, asset_id: upload.assetId }]];
      },
    },
    {
      kind: 'ledger_differs',
      title: 'a ledger that does not say what the rows say',
      mended: false,
      async make() {
        undo = () => repairLedger(world());
        await query('update usage set used_files = used_files + 1 where user_id = $1', [stage.user.id]);
        const facts = { scope: 'user', id: stage.user.id, owner_id: stage.user.id };
        return [['ledger_differs', facts]];
      },
    },
  ];

  beforeEach(() => {
    undo = async () => undefined;
  });

  /** Everything that a repair could touch. */
  async function everything() {
    const listed = await Promise.all(
      [objectKey.incomingPrefix, objectKey.projectsPrefix].map((prefix) => store().list(prefix)),
    );
    const { uploads } = await store().listMultiparts(objectKey.projectsPrefix);
    const tables = ['assets', 'uploads', 'renditions', 'usage', 'project_usage', 'audit_events'];
    const statements = [
      ...tables.map((table) => `select * from ${table} order by 1`),
      'select id, key, attempts, run_at from graphile_worker.jobs order by id',
    ];
    const rows = await Promise.all(statements.map((sql) => query(sql, [])));
    return { listed, uploads, rows };
  }

  test('nothing is found where nothing is wrong', async () => {
    await withQrCode(await uploaded());
    await beginFile();
    const { run, found } = await sweep(later(world(), 3), { dryRun: false });
    expect(found).toEqual([]);
    expect(run).toMatchObject({ found: {}, repaired: {}, failed: {}, error: null, dryRun: false });
    expect(run.finishedAt).not.toBeNull();
    expect(run.objects).toBeGreaterThanOrEqual(2);
  });

  test('every kind has its case here', () => {
    expect([...new Set(cases.map(({ kind }) => kind))].toSorted()).toEqual(FINDING_KINDS.toSorted());
  });

  test.each(cases)('$kind: $title', async ({ kind, make, hours = 3, mended }) => {
    const expected = inOrder(await make());
    const counted = { [kind]: expected.length };
    const before = await everything();
    const dry = await sweep(later(world(), hours), { dryRun: true });
    expect(dry.found).toEqual(expected);
    expect(dry.run).toMatchObject({ dryRun: true, found: counted, repaired: {}, failed: {} });
    expect(await everything()).toEqual(before);

    const repaired = await sweep(later(world(), hours), { dryRun: false });
    expect(repaired.found).toEqual(expected);
    expect(repaired.run).toMatchObject({ found: counted, repaired: mended ? counted : {}, failed: {} });

    const again = await sweep(later(world(), hours), { dryRun: false });
    expect(again.found).toEqual(mended ? [] : expected);
    await undo();
    expect((await sweep(later(world(), hours), { dryRun: true })).found).toEqual([]);
  });

  test('what is removed is on record', async () => {
    const { fileKey, assetId, projectId } = await cancelled();
    await put(fileKey);
    await sweep(later(world(), 3), { dryRun: false });
    const where = { assetId, action: 'reconciled' } as const;
    expect(await world().db.manager.findOneByOrFail(AuditEvent, where)).toMatchObject({
      actorKind: 'system',
      projectId,
      details: { finding: 'stray_object' },
      personal: { key: fileKey },
    });
  });

  test('what is young is left alone, whatever it looks like', async () => {
    const upload = await cancelled();
    await put(upload.fileKey);
    await put(upload.incomingKey);
    const { storageUploadId } = await store().createMultipart(upload.fileKey, {
      contentType: 'text/plain',
      checksum: 'none',
    });
    expect((await sweep(later(world(), 0.9), { dryRun: false })).found).toEqual([]);
    expect((await sweep(later(world(), 1.1), { dryRun: false })).found).toHaveLength(3);
    expect(await store().listParts({ key: upload.fileKey, storageUploadId })).toBeNull();
  });

  test('an upload between copy and commit is never touched, however long it stands there', async () => {
    const begun = await beginFile();
    await send(begun, stage.file.body);
    const { incomingKey, fileKey } = begun.upload;
    const incoming = await store().head(incomingKey);
    await store().copy(incomingKey, fileKey, { ifSourceMatch: incoming?.etag ?? '' });
    expect((await sweep(later(world(), DAYS_8), { dryRun: false })).found).toEqual([]);
    await complete(stage.world, stage.user, begun.upload);
    await store().delete(incomingKey);
    expect(await store().head(fileKey)).not.toBeNull();
  });

  test('a rendition between its object and its row is not touched', async () => {
    const asset = await uploaded();
    const key = objectKey.rendition(asset.fileKey, 'qr-code');
    await put(key);
    expect((await sweep(later(world(), 3), { dryRun: false })).found).toEqual([]);
    expect(await store().head(key)).not.toBeNull();
  });
});
