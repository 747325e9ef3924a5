import { grantAccess } from '@slipway/core/assets/grant-access';
import { AuditEvent } from '@slipway/core/audit/audit-event.entity';
import { withRefusalsOnRecord } from '@slipway/core/audit/with-refusals-on-record';
import { DomainError } from '@slipway/core/shared/errors';
import { describeCore } from '../../support/describe-core';
import { embeddedStorage } from '../../support/object-stores';
import { begin, complete, send } from '../../support/upload-steps';

describeCore(
  'a denied attempt',
  (stage) => {
    const deps = () => stage.world.deps;
    const refusalsOf = (actorId: string): Promise<AuditEvent[]> =>
      deps().db.manager.findBy(AuditEvent, { actorId, result: 'refused' });

    test('at somebody else’s asset is on record with that asset, and with why', async () => {
      const begun = await begin(stage.world, stage.user, { projectId: stage.project.id, file: stage.file });
      await send(begun, stage.file.body);
      const { asset } = await complete(stage.world, stage.user, begun.upload);
      const stranger = await stage.world.newUser();
      const input = { assetId: asset.id, purpose: 'view' } as const;
      await expect(grantAccess(stranger, input, deps())).rejects.toMatchObject({ code: 'not_found' });
      expect(await refusalsOf(stranger.id)).toMatchObject([
        { action: 'accessed', assetId: asset.id, reason: 'not_found', details: { purpose: 'view' } },
      ]);
    });

    test('at what is no id is on record without it', async () => {
      const input = { assetId: `' or 1=1 --`, purpose: 'view' } as const;
      await expect(grantAccess(stage.user, input, deps())).rejects.toMatchObject({ code: 'not_found' });
      expect(await refusalsOf(stage.user.id)).toMatchObject([{ assetId: null, reason: 'not_found' }]);
    });

    test('is on record only if it was denied, not if it failed', async () => {
      const attempt = { principal: stage.user, action: 'accessed' } as const;
      for (const error of [new DomainError('invalid_request', 'No.'), new Error('broken')]) {
        const work = () => Promise.reject(error);
        await expect(withRefusalsOnRecord(attempt, work, deps())).rejects.toBe(error);
      }
      expect(await refusalsOf(stage.user.id)).toEqual([]);
    });
  },
  [embeddedStorage],
);
