import { randomUUID } from 'node:crypto';
import { DomainError } from '@slipway/core/shared/errors';
import { beginUpload, beginUploads } from '@slipway/core/uploads/begin-uploads';
import type { BeginUploadInput } from '@slipway/core/uploads/announcement';
import { Upload } from '@slipway/core/uploads/upload.entity';
import { describeCore } from '../../support/describe-core';
import { complete, send } from '../../support/upload-steps';

const TIER_BYTES = 5_368_709_120;

describeCore('beginning many uploads', (stage) => {
  const input = (change: Partial<BeginUploadInput> = {}): BeginUploadInput => ({
    projectId: stage.project.id,
    fileName: 'noise.png',
    fileSize: stage.file.body.length,
    contentType: 'image/png',
    ...change,
  });
  const beginAll = (inputs: BeginUploadInput[]) => beginUploads(stage.user, inputs, stage.world.deps);
  const codes = (outcomes: Awaited<ReturnType<typeof beginAll>>) =>
    outcomes.map((outcome) => (outcome instanceof DomainError ? outcome.code : 'begun'));
  const rows = () => stage.world.deps.db.manager.countBy(Upload, { createdBy: stage.user.id });

  test('begins a hundred, each on its own', async () => {
    const outcomes = await beginAll(Array.from({ length: 100 }, (_, n) => input({ fileName: `${n}.png` })));
    expect(new Set(codes(outcomes))).toEqual(new Set(['begun']));
    expect(await rows()).toBe(100);
    expect(await stage.usage()).toMatchObject({ reserved: 100 * stage.file.body.length });
    const last = outcomes.at(-1);
    if (!last || last instanceof DomainError) throw new Error('not begun');
    expect(last.upload.fileName).toBe('99.png');
    await send(last, stage.file.body);
    expect((await complete(stage.world, stage.user, last.upload)).created).toBe(true);
  });

  test('answers for each file in the order of the files, whatever the others are', async () => {
    const stranger = await stage.world.newUser();
    const { id: foreign } = await stage.world.newProject(stranger);
    const outcomes = await beginAll([
      input(),
      input({ fileName: 'a/b' }),
      input({ projectId: foreign }),
      input({ fileSize: TIER_BYTES }),
      input(),
    ]);
    expect(codes(outcomes)).toEqual(['begun', 'invalid_request', 'not_found', 'file_too_large', 'begun']);
    expect(await stage.usage()).toMatchObject({ reserved: 2 * stage.file.body.length });
  });

  test('begins those that fit into the account', async () => {
    const room = 2 * stage.file.body.length;
    await stage.world.deps.db.query('update usage set used_bytes = $2 where user_id = $1', [
      stage.user.id,
      TIER_BYTES - room,
    ]);
    const outcomes = await beginAll([input(), input({ fileSize: room }), input(), input()]);
    expect(codes(outcomes)).toEqual(['begun', 'quota_exceeded', 'begun', 'quota_exceeded']);
    expect(await rows()).toBe(2);
  });

  describe('with an Idempotency-Key, a repeat after a crash', () => {
    test('finds the upload that was begun', async () => {
      const once = input({ idempotencyKey: randomUUID() });
      const first = await beginUpload(stage.user, once, stage.world.deps);
      const again = await beginUpload(stage.user, once, stage.world.deps);
      expect(again.upload.id).toBe(first.upload.id);
      expect(await send(again, stage.file.body)).toBe(200);
      expect(await stage.usage()).toMatchObject({ reserved: stage.file.body.length });
    });

    test('of twenty at once begins one', async () => {
      const once = input({ idempotencyKey: randomUUID() });
      const begun = await Promise.all(
        Array.from({ length: 20 }, () => beginUpload(stage.user, once, stage.world.deps)),
      );
      expect(new Set(begun.map(({ upload }) => upload.id)).size).toBe(1);
      expect(await rows()).toBe(1);
      expect(await stage.usage()).toMatchObject({ reserved: stage.file.body.length });
    });

    test('finds those of many that were begun, and begins the others', async () => {
      const [one, two] = [input({ idempotencyKey: randomUUID() }), input({ idempotencyKey: randomUUID() })];
      const first = await beginUpload(stage.user, one, stage.world.deps);
      const [again, other] = await beginAll([one, two]);
      expect(again).toMatchObject({ upload: { id: first.upload.id } });
      expect(other).toMatchObject({ upload: { status: 'pending' } });
      expect(await rows()).toBe(2);
    });

    test('is refused for another file', async () => {
      const idempotencyKey = randomUUID();
      await beginUpload(stage.user, input({ idempotencyKey }), stage.world.deps);
      await expect(
        beginUpload(stage.user, input({ idempotencyKey, fileName: 'other.png' }), stage.world.deps),
      ).rejects.toMatchObject({ code: 'idempotency_key_reused' });
    });

    test('is another’s own', async () => {
      const idempotencyKey = randomUUID();
      await beginUpload(stage.user, input({ idempotencyKey }), stage.world.deps);
      const other = await stage.world.newUser();
      const { id: projectId } = await stage.world.newProject(other);
      const begun = await beginUpload(other, input({ idempotencyKey, projectId }), stage.world.deps);
      expect(begun.upload.createdBy).toBe(other.id);
    });
  });
});
