import { inTransaction } from '@slipway/platform/db/database';
import type { EntityManager } from 'typeorm';
import type { AuditFacts } from '../shared/audit-writer';
import type { AuditSettings, Deps } from '../shared/deps';
import type { Principal } from '../shared/principal';
import { recordAuditEvents } from './record-audit-event';

export interface Anomaly {
  rule: 'many_denials_by_caller' | 'many_denials_by_address' | 'mass_access';
  /** Null where it is about an address, which is personal: the event has it. */
  actor: { kind: string; id: string } | null;
  ip: string | null;
  count: number;
}

/** Any number, as long as every process of every version takes the same one. */
const LOCK = 2_846_105_377;

const TAKE = 'select pg_try_advisory_xact_lock($1) as taken';

// All visitors have the same id: they are told apart by their address only.
const FIND = `
  with seen as materialized (
    select action, actor_kind, actor_id, asset_id, result, personal ->> 'ip' as ip
      from audit_events where at > $1 and at <= $2 and actor_kind <> 'system'
  ), found as (
    select 'many_denials_by_caller' as rule, actor_kind, actor_id, null as ip, count(*)::int as count
      from seen where result = 'refused' and actor_kind <> 'visitor'
     group by actor_kind, actor_id having count(*) >= $3
    union all
    select 'many_denials_by_address', null, null, ip, count(*)::int
      from seen where result = 'refused' and ip is not null
     group by ip having count(*) >= $3
    union all
    select 'mass_access', actor_kind, actor_id, null, count(distinct asset_id)::int
      from seen where action = 'accessed' and result = 'success' and actor_kind <> 'visitor'
     group by actor_kind, actor_id having count(distinct asset_id) >= $4
  )
  select * from found
   where not exists (
     select from audit_events as told
      where told.action = 'anomaly_detected' and told.at > $1 and told.details ->> 'rule' = found.rule
        and told.details ->> 'subject_id' is not distinct from found.actor_id
        and told.personal ->> 'address' is not distinct from found.ip)
   order by rule, actor_id, ip`;

interface Row {
  rule: Anomaly['rule'];
  actor_kind: string | null;
  actor_id: string | null;
  ip: string | null;
  count: number;
}

/**
 * Looks at the last window and records what passes a limit, once a window for each rule and caller or address. Leaves it
 * to the other process where two are at it.
 */
export function watchAudit(
  principal: Principal,
  deps: Pick<Deps, 'db' | 'clock' | 'settings'>,
): Promise<Anomaly[]> {
  const { audit } = deps.settings;
  const now = deps.clock.now();
  return inTransaction(deps.db, async (tx) => {
    const [lock] = await tx.query<{ taken: boolean }[]>(TAKE, [LOCK]);
    if (lock?.taken !== true) return [];
    const found = await find(tx, now, audit);
    await recordAuditEvents(
      tx,
      principal,
      found.map((anomaly) => factsOf(anomaly, now, audit)),
    );
    return found;
  });
}

async function find(
  tx: EntityManager,
  now: Date,
  { windowMs, manyDenials, massAccess }: AuditSettings,
): Promise<Anomaly[]> {
  const since = new Date(now.getTime() - windowMs);
  const rows = await tx.query<Row[]>(FIND, [since, now, manyDenials, massAccess]);
  return rows.map(({ rule, actor_kind: kind, actor_id: id, ip, count }) => ({
    rule,
    actor: kind !== null && id !== null ? { kind, id } : null,
    ip,
    count,
  }));
}

const factsOf = (
  { rule, actor, ip, count }: Anomaly,
  at: Date,
  { windowMs, manyDenials, massAccess }: AuditSettings,
): AuditFacts => ({
  action: 'anomaly_detected',
  at,
  details: {
    rule,
    count,
    limit: rule === 'mass_access' ? massAccess : manyDenials,
    window_seconds: windowMs / 1000,
    ...(actor && { subject_kind: actor.kind, subject_id: actor.id }),
  },
  ...(ip !== null && { personal: { address: ip } }),
});
