import { AuditEvent } from '@slipway/core/audit/audit-event.entity';
import { describeHttp } from '../support/describe-http';
import { seedAsset } from '../support/seed-asset';
import { storageForTests } from '../support/storage-for-tests';
import { accountOf, type Principal } from '@slipway/core/shared/principal';

describeHttp(
  'what somebody is denied',
  (stage) => {
    const deps = () => stage.world.deps;

    async function denialsOf({ id }: Principal): Promise<AuditEvent[]> {
      await deps().audit.drain();
      return deps().db.manager.find(AuditEvent, {
        where: { actorId: id, result: 'refused' },
        order: { id: 'ASC' },
      });
    }

    async function foreigner(): Promise<{ stranger: Principal; token: string; assetId: string }> {
      const place = { projectId: stage.project.id, createdBy: accountOf(stage.user) };
      const stranger = await stage.world.newUser();
      const { id: assetId } = await seedAsset(place, deps());
      return { stranger, token: await stage.http.signInAs(stranger), assetId };
    }

    test('is on record with the asset, the route and why', async () => {
      const { stranger, token, assetId } = await foreigner();
      await stage.http.call('POST', `/api/assets/${assetId}/access-url`, { token, body: {} });
      await stage.http.call('GET', `/api/assets?project_id=${stage.project.id}`, { token });
      expect(await denialsOf(stranger)).toMatchObject([
        {
          action: 'denied',
          assetId,
          reason: 'not_found',
          details: { route: 'POST /api/assets/:id/access-url' },
        },
        { action: 'denied', projectId: stage.project.id, details: { route: 'GET /api/assets' } },
      ]);
    });

    test('in the middle of a batch is on record too', async () => {
      const { stranger, token, assetId } = await foreigner();
      await stage.http.call('POST', '/api/assets/access-urls', { token, body: { ids: [assetId] } });
      expect(await denialsOf(stranger)).toMatchObject([{ action: 'denied', assetId, reason: 'not_found' }]);
    });

    test('by a role that does not reach is on record as forbidden', async () => {
      const { stranger, token, assetId } = await foreigner();
      await stage.world.addMember(stage.project, stranger, 'viewer');
      await stage.http.call('DELETE', `/api/assets/${assetId}`, { token });
      expect(await denialsOf(stranger)).toMatchObject([{ assetId, reason: 'forbidden' }]);
    });

    test('by no id is on record without what was asked for, and a faulty call is none', async () => {
      const { stranger, token } = await foreigner();
      await stage.http.call('GET', `/api/assets/${encodeURIComponent("' or 1=1 --")}`, { token });
      await stage.http.call('GET', '/api/projects?limit=0', { token });
      await stage.http.call('GET', '/api/no-such-route', { token });
      expect(await denialsOf(stranger)).toMatchObject([{ assetId: null, reason: 'not_found' }]);
    });
  },
  storageForTests().slice(0, 1),
);
