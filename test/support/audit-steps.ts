import type { NamedAnchor } from '@slipway/core/audit/anchor-audit';
import { listAnchors } from '@slipway/core/audit/anchor-audit';
import { recordAuditEvents } from '@slipway/core/audit/record-audit-event';
import type { AuditFacts } from '@slipway/core/shared/audit-writer';
import type { Principal } from '@slipway/core/shared/principal';
import type { CoreWorld } from './core-world';
import { withAdmin } from './test-server';

const GUARDED = ['audit_events', 'audit_seals'];

/** Changes rows as the owner of the tables can: with the triggers switched off. */
export async function tamper({ ownerUrl }: CoreWorld, ...statements: string[]): Promise<void> {
  await withAdmin(ownerUrl, async (client) => {
    await client.query('begin');
    for (const table of GUARDED) await client.query(`alter table ${table} disable trigger all`);
    for (const statement of statements) await client.query(statement);
    // A trigger that is enabled the usual way would not be one that is always on.
    await client.query('alter table audit_events enable always trigger audit_events_change');
    await client.query('alter table audit_events enable always trigger audit_events_stay');
    await client.query('alter table audit_seals enable always trigger audit_seals_stay');
    await client.query('commit');
  });
}

/** So many events of `principal`, in one transaction; `more` of each. */
export async function recordMany(
  { deps }: CoreWorld,
  { principal, count, ...more }: { principal: Principal; count: number } & Partial<AuditFacts>,
): Promise<void> {
  const facts = Array.from({ length: count }, (_, index) => ({
    action: 'renamed' as const,
    at: deps.clock.now(),
    details: { index },
    personal: { name: `File ${index}` },
    ...more,
  }));
  await recordAuditEvents(deps.db.manager, principal, facts);
}

export interface Placed {
  id: string;
  seal: number | null;
  position: number | null;
}

/** All events in the order of the chain, then those that are not sealed. */
export const placed = ({ deps }: CoreWorld): Promise<Placed[]> =>
  deps.db.query(
    'select id, seal::int, seal_position as position from audit_events order by seal nulls last, seal_position, seq',
  );

export async function anchorsOf({ deps }: CoreWorld): Promise<NamedAnchor[]> {
  const found: NamedAnchor[] = [];
  for await (const anchor of listAnchors(deps.objects)) found.push(anchor);
  return found;
}
