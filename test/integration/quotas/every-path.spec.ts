import { deleteAsset } from '@slipway/core/assets/delete-asset';
import { Project } from '@slipway/core/projects/project.entity';
import { systemPrincipal } from '@slipway/core/shared/principal';
import { beginUploads } from '@slipway/core/uploads/begin-uploads';
import { cancelUpload } from '@slipway/core/uploads/cancel-upload';
import { expireUpload } from '@slipway/core/uploads/expire-upload';
import type { Upload } from '@slipway/core/uploads/upload.entity';
import { describeCore } from '../../support/describe-core';
import { embeddedStorage } from '../../support/object-stores';
import { announce, both, MB, provenUsage, setTier } from '../../support/quota-steps';
import { begin, complete, send } from '../../support/upload-steps';

const HOUR_MS = 3_600_000;

describeCore(
  'the ledger is what the rows say',
  (stage) => {
    const size = () => stage.file.body.length;
    const beginFile = () => begin(stage.world, stage.user, { projectId: stage.project.id, file: stage.file });
    const announceLarge = (fileSize = 20 * MB) =>
      announce(stage.world, stage.user, { projectId: stage.project.id, fileSize });
    const uploadFile = async () => {
      const begun = await beginFile();
      await send(begun, stage.file.body);
      return (await complete(stage.world, stage.user, begun.upload)).asset;
    };
    const cancel = ({ assetId }: Upload) => cancelUpload(stage.user, assetId, stage.world.deps);
    const expire = async ({ id }: Upload) => {
      stage.world.deps.clock.advance(25 * HOUR_MS);
      await expireUpload(systemPrincipal(), { uploadId: id }, stage.world.deps);
    };
    /** Proves the ledger of the whole database first. */
    const usage = () => provenUsage(stage.world, stage.project.id);

    test('after a begin, a completion and a deletion, each of them twice', async () => {
      const begun = await beginFile();
      await beginFile();
      expect(await usage()).toEqual(both('0/0', `${2 * size()}/2`));
      await send(begun, stage.file.body);
      const { asset } = await complete(stage.world, stage.user, begun.upload);
      await complete(stage.world, stage.user, begun.upload);
      expect(await usage()).toEqual(both(`${size()}/1`, `${size()}/1`));
      await deleteAsset(stage.user, asset.id, stage.world.deps);
      await expect(deleteAsset(stage.user, asset.id, stage.world.deps)).rejects.toThrow('no such');
      expect(await usage()).toEqual(both('0/0', `${size()}/1`));
    });

    test('after fifty completions and fifty deletions at once', async () => {
      const begun = await beginFile();
      await send(begun, stage.file.body);
      const fifty = <Result>(act: () => Promise<Result>) =>
        Promise.allSettled(Array.from({ length: 50 }, act));
      await fifty(() => complete(stage.world, stage.user, begun.upload));
      expect(await usage()).toEqual(both(`${size()}/1`, '0/0'));
      await fifty(() => deleteAsset(stage.user, begun.upload.assetId, stage.world.deps));
      expect(await usage()).toEqual(both('0/0', '0/0'));
    });

    test('after a cancellation, of a small file and of one in parts, each of them twice', async () => {
      const { upload: small } = await beginFile();
      const { upload: large } = await announceLarge();
      expect(await usage()).toEqual(both('0/0', `${size() + 20 * MB}/2`));
      for (const upload of [small, large, small, large]) await cancel(upload);
      expect(await usage()).toEqual(both('0/0', '0/0'));
    });

    test('after an expiry, of a small file and of one in parts, each of them twice', async () => {
      const { upload: small } = await beginFile();
      const { upload: large } = await announceLarge();
      for (const upload of [small, large, small, large]) await expire(upload);
      expect(await usage()).toEqual(both('0/0', '0/0'));
    });

    test('after an expiry that finds the object and makes the asset', async () => {
      const begun = await beginFile();
      await send(begun, stage.file.body);
      await expire(begun.upload);
      expect(await usage()).toEqual(both(`${size()}/1`, '0/0'));
    });

    test('after a rejection', async () => {
      const { upload } = await beginFile();
      const { objects } = stage.world.deps;
      await objects.put(upload.incomingKey, Buffer.from('short'), { contentType: upload.contentType });
      await expect(complete(stage.world, stage.user, upload)).rejects.toMatchObject({
        code: 'size_mismatch',
      });
      expect(await usage()).toEqual(both('0/0', '0/0'));
    });

    test('after a completion, a cancellation and an expiry at once', async () => {
      for (let round = 0; round < 5; round += 1) {
        const begun = await beginFile();
        await send(begun, stage.file.body);
        await Promise.allSettled([
          complete(stage.world, stage.user, begun.upload),
          cancel(begun.upload),
          expireUpload(systemPrincipal(), { uploadId: begun.upload.id }, stage.world.deps),
        ]);
        const { project } = await usage();
        expect(project.reserved).toBe('0/0');
      }
    });

    test('after a hundred files at once, of which only some fit', async () => {
      await setTier(stage.world, stage.user, { maxProjectFiles: 30, maxBytes: 100 * MB });
      const file = { projectId: stage.project.id, contentType: 'text/plain', checksumSha256: null };
      const inputs = Array.from({ length: 100 }, (_, index) => ({
        ...file,
        fileName: `${index}.txt`,
        fileSize: index % 10 === 0 ? 101 * MB : 1000,
      }));
      const outcomes = await beginUploads(stage.user, inputs, stage.world.deps);
      const begun = outcomes.map((outcome) => 'upload' in outcome);
      // Every tenth is too large for the account; of the others the first thirty fit.
      expect(begun).toEqual(inputs.map((_, index) => index % 10 !== 0 && index <= 33));
      expect(await usage()).toEqual(both('0/0', '30000/30'));
    });

    test('after a duplicate, which counts like any other file', async () => {
      await stage.world.deps.db.manager.update(Project, stage.project.id, { deduplicate: true });
      const asset = await uploadFile();
      const again = await beginFile();
      expect(again.put).toBeNull();
      expect(await usage()).toEqual(both(`${size()}/1`, `${size()}/1`));
      await complete(stage.world, stage.user, again.upload);
      expect(await usage()).toEqual(both(`${2 * size()}/2`, '0/0'));
      await deleteAsset(stage.user, asset.id, stage.world.deps);
      expect(await usage()).toEqual(both(`${size()}/1`, '0/0'));
    });
  },
  [embeddedStorage],
);
