import type { Migration } from './migration';

export const initial: Migration = {
  name: '0001-initial',
  sql: `
    create table tiers (
      name text primary key,
      max_bytes bigint not null check (max_bytes >= 0),
      max_file_size bigint not null check (max_file_size > 0)
    );
    insert into tiers (name, max_bytes, max_file_size) values ('free', 5368709120, 2147483648);

    create table users (
      id text primary key,
      email text not null,
      name text not null,
      password_hash text not null,
      role text not null default 'user' check (role in ('user', 'admin')),
      tier text not null default 'free' references tiers (name),
      created_at timestamptz not null
    );
    create unique index users_email_key on users (lower(email));

    -- One row a user: the ledger that reservations and settlements move in single statements.
    create table usage (
      user_id text primary key references users (id) on delete cascade,
      used_bytes bigint not null default 0 check (used_bytes >= 0),
      reserved_bytes bigint not null default 0 check (reserved_bytes >= 0),
      files bigint not null default 0 check (files >= 0)
    );

    create table projects (
      id text primary key,
      owner_id text not null references users (id),
      name text not null,
      created_at timestamptz not null,
      updated_at timestamptz not null
    );
    create index projects_owner on projects (owner_id, created_at desc, id desc);

    create table uploads (
      id text primary key,
      asset_id text not null unique,
      project_id text not null references projects (id),
      created_by text not null references users (id),
      file_name text not null,
      file_size bigint not null check (file_size > 0),
      content_type text not null,
      checksum_sha256 text,
      incoming_key text not null unique,
      file_key text not null unique,
      status text not null default 'pending'
        check (status in ('pending', 'completed', 'rejected', 'expired', 'cancelled')),
      rejection_code text,
      rejection_detail text,
      claim text,
      claimed_until timestamptz,
      expires_at timestamptz not null,
      created_at timestamptz not null,
      updated_at timestamptz not null
    );
    create index uploads_pending on uploads (expires_at) where status = 'pending';

    create table assets (
      id text primary key,
      project_id text not null references projects (id),
      upload_id text not null unique references uploads (id),
      created_by text not null references users (id),
      name text not null,
      status text not null check (status in ('Processing', 'In Review', 'Published')),
      file_name text not null,
      file_key text not null unique,
      file_size bigint not null,
      content_type text not null,
      etag text not null,
      checksum_sha256 text,
      width integer,
      height integer,
      -- Set when the thumbnail is there, so that a list reads one table.
      thumbnail_key text,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      deleted_at timestamptz
    );
    create index assets_newest on assets (project_id, created_at desc, id desc) where deleted_at is null;

    create table renditions (
      id text primary key,
      asset_id text not null references assets (id),
      name text not null check (name in ('thumbnail', 'qr-code')),
      status text not null default 'pending' check (status in ('pending', 'ready', 'failed')),
      reason text,
      key text not null,
      content_type text,
      file_size bigint,
      width integer,
      height integer,
      created_at timestamptz not null,
      updated_at timestamptz not null,
      unique (asset_id, name)
    );

    -- No foreign keys: an event outlives what it speaks of.
    create table audit_events (
      id text primary key,
      at timestamptz not null,
      action text not null,
      actor_kind text not null,
      actor_id text not null,
      project_id text,
      asset_id text,
      ip text,
      user_agent text,
      request_id text,
      result text not null check (result in ('success', 'refused')),
      reason text,
      details jsonb not null default '{}'
    );
    create index audit_events_asset on audit_events (asset_id, at desc) where asset_id is not null;
    create index audit_events_project on audit_events (project_id, at desc) where project_id is not null;
  `,
};
