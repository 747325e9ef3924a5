import type { Deps } from '../shared/deps';

export interface AuditGuards {
  /** Whether the role that asks may do with the table whatever it likes, triggers or not. */
  ownsTables: boolean;
  /** Triggers that are missing or switched off. */
  triggersOff: string[];
}

const OWNS = `
  select bool_or(pg_has_role(current_user, relowner, 'usage')) as owns from pg_class
   where oid in ('audit_events'::regclass, 'audit_seals'::regclass)`;

const OFF = `
  select guard.name from (values ('audit_events', 'audit_events_change'), ('audit_events', 'audit_events_stay'),
                                 ('audit_seals', 'audit_seals_stay')) as guard (relation, name)
   where not exists (select from pg_trigger
                      where tgrelid = guard.relation::regclass and tgname = guard.name and tgenabled = 'A')
   order by 1`;

/** What stands between this process and the rows of the audit trail. */
export async function readAuditGuards({ db }: Pick<Deps, 'db'>): Promise<AuditGuards> {
  const [row] = await db.query<{ owns: boolean }[]>(OWNS);
  const off = await db.query<{ name: string }[]>(OFF);
  return { ownsTables: row?.owns === true, triggersOff: off.map(({ name }) => name) };
}
