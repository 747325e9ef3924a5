import { entities } from '@slipway/core/entities';
import { AuditEvent } from '@slipway/core/audit/audit-event.entity';
import { recordAuditEvent } from '@slipway/core/audit/record-audit-event';
import { sealAudit } from '@slipway/core/audit/seal-audit';
import { verifyAudit } from '@slipway/core/audit/verify-audit';
import { systemClock } from '@slipway/core/shared/clock';
import type { Deps } from '@slipway/core/shared/deps';
import { systemPrincipal } from '@slipway/core/shared/principal';
import { openDatabase } from '@slipway/platform/db/database';
import { migrate } from '@slipway/platform/db/migrate';
import { migrations } from '@slipway/platform/db/migrations/all';
import { createEmptyDatabase } from '../../support/test-database';

test('events of before the chain keep what they say, and go under the first seals in the order of their time', async () => {
  const database = await createEmptyDatabase();
  const before = migrations.findIndex(({ name }) => name === '0004-audit-chain');
  await migrate(database.ownerUrl, migrations.slice(0, before));
  const db = await openDatabase({ url: database.ownerUrl, entities, applicationName: 'test' });
  await db.query(
    `insert into audit_events (id, at, action, actor_kind, actor_id, ip, user_agent, result, details) values
       ('AUD-2', '2026-01-02T03:04:05.678Z', 'upload_begun', 'user', 'USR-1', '192.0.2.1', 'Browser', 'success',
        '{"file_name": "Zoë.png", "file_size": 5}'),
       ('AUD-1', '2026-01-01T00:00:00Z', 'reconciled', 'system', 'system', null, null, 'success', '{}')`,
  );
  await migrate(database.ownerUrl);
  await recordAuditEvent(db.manager, systemPrincipal(), { action: 'deleted', at: new Date() });
  const deps = { db, clock: systemClock } as Deps;
  expect(await sealAudit({}, deps)).toEqual({ events: 3, seals: 1 });
  expect(await verifyAudit({ anchors: false }, deps)).toMatchObject({ fault: null, events: 3 });
  const events = await db.manager.find(AuditEvent, { order: { seq: 'asc' } });
  expect(events).toMatchObject([
    { id: 'AUD-1', seq: 1, personal: {}, details: {} },
    {
      id: 'AUD-2',
      seq: 2,
      personal: { ip: '192.0.2.1', user_agent: 'Browser', file_name: 'Zoë.png' },
      details: { file_size: 5 },
    },
    { seq: 3, action: 'deleted' },
  ]);
  await db.destroy();
  await database.drop();
});
