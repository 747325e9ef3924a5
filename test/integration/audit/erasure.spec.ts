import { AuditEvent } from '@slipway/core/audit/audit-event.entity';
import { erasePersonalData } from '@slipway/core/audit/erase-personal-data';
import { sealAudit } from '@slipway/core/audit/seal-audit';
import { verifyAudit } from '@slipway/core/audit/verify-audit';
import { keyPrincipal, systemPrincipal, type Principal } from '@slipway/core/shared/principal';
import { inTransaction } from '@slipway/platform/db/database';
import { recordMany } from '../../support/audit-steps';
import { describeCore } from '../../support/describe-core';
import { embeddedStorage } from '../../support/object-stores';
import { begin } from '../../support/upload-steps';

describeCore(
  'the erasure of personal data',
  (stage) => {
    const world = () => stage.world;
    const erase = (userId: string): Promise<number> =>
      inTransaction(world().deps.db, (tx) =>
        erasePersonalData(tx, systemPrincipal(), { userId, at: world().deps.clock.now() }),
      );
    const eventsOf = (reason: string): Promise<AuditEvent[]> =>
      world().deps.db.manager.findBy(AuditEvent, { reason });

    async function keyOf({ account }: Principal, id: string): Promise<Principal> {
      await world().deps.db.query(
        `insert into api_keys (id, user_id, name, prefix, key_hash, scopes, created_at)
         values ($1, $2, 'Key', 'slw_', $3, '{}', now())`,
        [id, account?.id, Buffer.from(id)],
      );
      const origin = { ip: '192.0.2.9', userAgent: 'server', requestId: null };
      const key = { id, account: account as NonNullable<typeof account>, scopes: [], projectId: null };
      return keyPrincipal(key, origin);
    }

    test('takes what names and traces the person, wherever it is, and keeps the rest', async () => {
      const other = await world().newUser();
      const { email = '' } = stage.user.account ?? {};
      const key = await keyOf(stage.user, `KEY-${stage.user.id}`);
      const [reason, kept] = [`mine ${stage.user.id}`, `kept ${stage.user.id}`];
      await recordMany(world(), { principal: stage.user, count: 1, reason });
      await recordMany(world(), { principal: key, count: 1, reason });
      await recordMany(world(), { principal: other, count: 1, reason, details: { user_id: stage.user.id } });
      await recordMany(world(), {
        principal: other,
        count: 1,
        reason,
        personal: { email: email.toUpperCase() },
      });
      const { upload } = await begin(world(), stage.user, { projectId: stage.project.id, file: stage.file });
      await recordMany(world(), { principal: systemPrincipal(), count: 1, reason, assetId: upload.assetId });
      await recordMany(world(), { principal: other, count: 1, reason: kept });
      await sealAudit({}, world().deps);

      expect(await erase(stage.user.id)).toBeGreaterThanOrEqual(5);

      expect((await eventsOf(reason)).map(({ personal }) => personal)).toEqual([
        null,
        null,
        null,
        null,
        null,
      ]);
      expect(await eventsOf(kept)).toMatchObject([{ personal: { ip: '127.0.0.1', name: 'File 0' } }]);
      const [mine] = await eventsOf(reason);
      expect(mine).toMatchObject({ actorId: stage.user.id, action: 'renamed', details: { index: 0 } });
      await sealAudit({}, world().deps);
      expect(await verifyAudit({ anchors: false }, world().deps)).toMatchObject({ fault: null });
    });

    test('is an event, and done again takes no more than that', async () => {
      await erase(stage.user.id);
      const where = { action: 'personal_data_erased' as const };
      const events = await world().deps.db.manager.findBy(AuditEvent, where);
      expect(events.map(({ details }) => details)).toContainEqual({ user_id: stage.user.id });
      expect(await erase(stage.user.id)).toBe(1);
    });

    test('leaves salt and text nowhere, so that no guess can be tried on the digest', async () => {
      await erase(stage.user.id);
      const rows = await world().deps.db.query(
        'select salt, personal, octet_length(personal_digest) as digest from audit_events where actor_id = $1',
        [stage.user.id],
      );
      expect(rows).not.toHaveLength(0);
      for (const row of rows) expect(row).toEqual({ salt: null, personal: null, digest: 32 });
    });

    test('is undone with the rest of its transaction', async () => {
      const failing = inTransaction(world().deps.db, async (tx) => {
        await erasePersonalData(tx, systemPrincipal(), { userId: stage.user.id, at: new Date() });
        throw new Error('something else');
      });
      await expect(failing).rejects.toThrow('something else');
      const events = await world().deps.db.manager.findBy(AuditEvent, { actorId: stage.user.id });
      expect(events.filter(({ personal }) => personal === null)).toEqual([]);
    });

    test('needs an event that says so', async () => {
      const ids = (await world().deps.db.manager.findBy(AuditEvent, { actorId: stage.user.id })).map(
        ({ id }) => id,
      );
      const another = ids[0];
      await expect(world().deps.db.query('select audit_erase($1, $2)', [ids, another])).rejects.toThrow(
        'an erasure needs its own event',
      );
    });
  },
  [embeddedStorage],
);
