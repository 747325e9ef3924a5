import type { Migration } from './migration';

const EVENTS = `
  alter table audit_events
    -- In the order of writing; what commits late has an earlier number than what was sealed meanwhile.
    add column seq bigint,
    -- What names or traces people, apart, so that it can be erased; json keeps its text as it was written.
    add column personal json,
    add column salt bytea,
    -- SHA-256 of salt and personal; stays when both are erased.
    add column personal_digest bytea,
    -- The event that says why the personal data is gone.
    add column erased_by text,
    -- Where it stands in the chain; null until it is sealed.
    add column seal bigint,
    add column seal_position integer;

  update audit_events
     set seq = ordered.seq, salt = uuid_send(gen_random_uuid()), details = details - '{name,file_name,key}'::text[],
         personal = json_strip_nulls(json_build_object('ip', ip, 'user_agent', user_agent, 'name', details -> 'name',
           'file_name', details -> 'file_name', 'key', details -> 'key'))
    from (select id, row_number() over (order by at, id) as seq from audit_events) as ordered
   where ordered.id = audit_events.id;
  update audit_events set personal_digest = sha256(salt || convert_to(personal::text, 'UTF8'));

  alter table audit_events
    drop column ip,
    drop column user_agent,
    alter column details drop default,
    alter column details type json using details::text::json,
    alter column personal_digest set not null,
    alter column seq set not null,
    alter column seq add generated always as identity,
    add constraint audit_events_erased check (
      (personal is null) = (salt is null) and (personal is null) = (erased_by is not null)),
    add constraint audit_events_sealed check ((seal is null) = (seal_position is null));
  select setval(pg_get_serial_sequence('audit_events', 'seq'), coalesce(max(seq), 0) + 1, false) from audit_events;

  create unique index audit_events_seal on audit_events (seal, seal_position) where seal is not null;
  create unique index audit_events_unsealed on audit_events (seq) where seal is null;
  create index audit_events_at on audit_events (at desc, id desc);
  create index audit_events_actor on audit_events (actor_id, at desc);
  create index audit_events_about_user on audit_events ((details ->> 'user_id')) where details ->> 'user_id' is not null;
  create index audit_events_email on audit_events (lower(personal ->> 'email')) where personal ->> 'email' is not null;`;

const SEALS = `
  -- One row a batch of events; each holds the hash of the one before it.
  create table audit_seals (
    number bigint primary key check (number > 0),
    previous bytea not null,
    -- Of the Merkle tree over the leaves (RFC 9162).
    root bytea not null,
    -- So that a deleted event can still be named.
    event_ids text[] not null check (cardinality(event_ids) > 0),
    -- 32 bytes an event.
    leaves bytea not null,
    sealed_at timestamptz not null,
    -- Over all of the above.
    hash bytea not null
  );`;

const GUARDS = `
  create function audit_refuse() returns trigger language plpgsql as $$
  begin
    raise exception 'the audit trail only grows: % of % is refused', lower(tg_op), tg_table_name
      using errcode = 'insufficient_privilege';
  end $$;

  -- Two changes pass: an event is given its place in the chain, once; its personal data goes, and says because of what.
  create function audit_guard_event() returns trigger language plpgsql as $$
  declare
    kept audit_events := new;
  begin
    if old.seal is null and new.seal is not null then
      kept.seal := old.seal;
      kept.seal_position := old.seal_position;
      if kept *= old then return new; end if;
    elsif old.personal is not null and new.personal is null and new.erased_by is not null then
      kept.personal := old.personal;
      kept.salt := old.salt;
      kept.erased_by := old.erased_by;
      if kept *= old then return new; end if;
    end if;
    raise exception 'the audit trail only grows: update of audit_events is refused'
      using errcode = 'insufficient_privilege';
  end $$;

  create trigger audit_events_change before update on audit_events for each row execute function audit_guard_event();
  create trigger audit_events_stay before delete or truncate on audit_events execute function audit_refuse();
  create trigger audit_seals_stay before update or delete or truncate on audit_seals execute function audit_refuse();
  -- Also for sessions that pass triggers over (session_replication_role).
  alter table audit_events enable always trigger audit_events_change, enable always trigger audit_events_stay;
  alter table audit_seals enable always trigger audit_seals_stay;`;

/** They run as the owner, so that whoever only serves the product needs no right to update. */
const DOORS = `
  create function audit_seal(
    number bigint, previous bytea, root bytea, event_ids text[], leaves bytea, sealed_at timestamptz, hash bytea
  ) returns void language plpgsql security definer set search_path = public, pg_temp as $$
  declare
    placed integer;
  begin
    insert into audit_seals values ($1, $2, $3, $4, $5, $6, $7);
    update audit_events set seal = $1, seal_position = places.position - 1
      from unnest($4) with ordinality as places (id, position)
     where audit_events.id = places.id and audit_events.seal is null;
    get diagnostics placed = row_count;
    if placed <> cardinality($4) then raise exception 'only % of % events could be sealed', placed, cardinality($4); end if;
  end $$;

  create function audit_erase(event_ids text[], because text) returns integer
  language plpgsql security definer set search_path = public, pg_temp as $$
  declare
    erased integer;
  begin
    if not exists (select from audit_events where id = because and action = 'personal_data_erased') then
      raise exception 'an erasure needs its own event';
    end if;
    update audit_events set personal = null, salt = null, erased_by = because
     where id = any (event_ids) and personal is not null;
    get diagnostics erased = row_count;
    return erased;
  end $$;

  revoke execute on function audit_seal, audit_erase from public;`;

export const auditChain: Migration = {
  name: '0004-audit-chain',
  sql: [EVENTS, SEALS, GUARDS, DOORS].join('\n'),
};
