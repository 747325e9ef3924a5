import type { Migration } from './migration';

export const largeUploads: Migration = {
  name: '0002-large-uploads',
  sql: `
    -- A file over the single-PUT limit travels in parts, straight to its final key; null for a single PUT.
    alter table uploads
      add column part_size bigint check (part_size > 0),
      add column part_count integer check (part_count between 1 and 10000),
      add column part_checksum text check (part_checksum in ('sha256', 'md5', 'none')),
      -- The storage's own name of the upload in parts; made when the first parts are signed.
      add column storage_upload_id text,
      -- The asset whose bytes this upload takes instead of sending its own.
      add column source_asset_id text,
      -- The Idempotency-Key it was begun with: a repeat finds this row.
      add column idempotency_key text,
      add constraint uploads_in_parts check (
        (part_size is null) = (part_count is null) and (part_size is null) = (part_checksum is null)
      );
    create unique index uploads_idempotency_key on uploads (created_by, idempotency_key)
      where idempotency_key is not null;
    -- Keys as the bucket orders them, for the sweep that compares both.
    create index uploads_pending_file_key on uploads (file_key collate "C") where status = 'pending';

    -- What the client announced of each part when its URL was signed; the completion is built from it.
    create table upload_parts (
      upload_id text not null references uploads (id) on delete cascade,
      part_number integer not null check (part_number between 1 and 10000),
      file_size bigint not null check (file_size > 0),
      -- Base64. Which of the two the storage is told depends on what it enforces.
      checksum_sha256 text,
      content_md5 text,
      primary key (upload_id, part_number)
    );

    -- Null: no limit of that kind.
    alter table tiers
      add column max_files bigint check (max_files >= 0),
      add column max_project_bytes bigint check (max_project_bytes >= 0),
      add column max_project_files bigint check (max_project_files >= 0);

    alter table usage rename column files to used_files;
    alter table usage
      add column reserved_files bigint not null default 0 check (reserved_files >= 0);

    create table project_usage (
      project_id text primary key references projects (id) on delete cascade,
      used_bytes bigint not null default 0 check (used_bytes >= 0),
      reserved_bytes bigint not null default 0 check (reserved_bytes >= 0),
      used_files bigint not null default 0 check (used_files >= 0),
      reserved_files bigint not null default 0 check (reserved_files >= 0)
    );

    -- The ledger as the rows say it is: what was begun before this migration counts as well.
    update usage set reserved_files = (
      select count(*) from uploads join projects on projects.id = uploads.project_id
       where projects.owner_id = usage.user_id and uploads.status = 'pending');
    insert into project_usage (project_id, used_bytes, reserved_bytes, used_files, reserved_files)
      select projects.id,
             (select coalesce(sum(file_size), 0) from assets where project_id = projects.id and deleted_at is null),
             (select coalesce(sum(file_size), 0) from uploads where project_id = projects.id and status = 'pending'),
             (select count(*) from assets where project_id = projects.id and deleted_at is null),
             (select count(*) from uploads where project_id = projects.id and status = 'pending')
        from projects;

    alter table projects
      -- An upload of bytes that the project already has takes them from there.
      add column deduplicate boolean not null default false;

    create index assets_file_key on assets (file_key collate "C");
    create index assets_content on assets (project_id, checksum_sha256, file_size)
      where deleted_at is null and checksum_sha256 is not null;
    create index renditions_key on renditions (key collate "C");

    create table idempotency_keys (
      -- SHA-256 of who calls and the key, so that the table opens nothing.
      id bytea primary key,
      -- SHA-256 of method, path and body.
      request bytea not null,
      -- While set and not past, a call with this key is under way.
      locked_until timestamptz,
      status integer,
      -- Encrypted with a key made of the Idempotency-Key itself: answers hold signed URLs and tokens.
      answer bytea,
      expires_at timestamptz not null
    );
    create index idempotency_keys_expiry on idempotency_keys (expires_at);

    -- What a bucket was found to enforce; the API starts from it.
    create table storage_profiles (
      -- Endpoint and bucket.
      address text primary key,
      profile jsonb not null,
      checked_at timestamptz not null
    );

    create table reconcile_runs (
      id text primary key,
      started_at timestamptz not null,
      finished_at timestamptz,
      dry_run boolean not null,
      -- How many objects of the bucket were compared.
      objects bigint not null default 0,
      -- Counts by kind of finding.
      found jsonb not null default '{}',
      repaired jsonb not null default '{}',
      failed jsonb not null default '{}',
      -- Why it ended before its end.
      error text
    );
    create index reconcile_runs_newest on reconcile_runs (started_at desc);
  `,
};
