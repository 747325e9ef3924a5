import type { Migration } from './migration';

const ACCOUNTS = `
  alter table users
    -- Null: signs in elsewhere (an outside issuer), or was erased.
    alter column password_hash drop not null,
    add column email_verified_at timestamptz,
    add column suspended_at timestamptz,
    add column erased_at timestamptz,
    -- Access tokens issued before are refused: the password has changed, or everybody was signed out.
    add column tokens_valid_from timestamptz,
    -- In place of the tier's; null: the tier's.
    add column max_bytes bigint check (max_bytes >= 0);

  -- Pages of the users, and where a search begins: by bytes, whatever the database's language.
  create index users_newest on users (created_at desc, id desc);
  create index users_by_email on users (lower(email) collate "C", id);
  create index users_by_name on users (lower(name) collate "C", id);
  create index users_by_id on users (id collate "C");
  create index users_tier on users (tier);
  create index users_admins on users (id) where role = 'admin';

  alter table tiers
    -- Null: the configured rate and life.
    add column requests_per_minute integer check (requests_per_minute > 0),
    add column max_access_url_seconds integer check (max_access_url_seconds between 1 and 604800);

  -- One row for a device that is signed in: the family of its refresh tokens, of which one is good at a time.
  create table sessions (
    id text primary key,
    user_id text not null references users (id) on delete cascade,
    -- SHA-256 of the refresh token that is good now.
    token_hash bytea not null unique,
    ip text,
    user_agent text,
    created_at timestamptz not null,
    last_used_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at timestamptz,
    ended_because text check (ended_because in ('logout', 'reuse', 'password', 'suspended', 'erased'))
  );
  create index sessions_user on sessions (user_id) where ended_at is null;
  create index sessions_expiry on sessions (expires_at);

  -- Refresh tokens that were good once: whoever shows one has a copy.
  create table spent_refresh_tokens (
    token_hash bytea primary key,
    session_id text not null references sessions (id) on delete cascade,
    -- When it would have been over, had it not been spent.
    expires_at timestamptz not null
  );
  create index spent_refresh_tokens_session on spent_refresh_tokens (session_id);
  create index spent_refresh_tokens_expiry on spent_refresh_tokens (expires_at);

  -- What a mailed link proves; SHA-256 of its token.
  create table account_tokens (
    token_hash bytea primary key,
    user_id text not null references users (id) on delete cascade,
    purpose text not null check (purpose in ('reset', 'verify')),
    -- The address it was mailed to: another one by now makes it void.
    email text not null,
    expires_at timestamptz not null,
    used_at timestamptz
  );
  create index account_tokens_user on account_tokens (user_id, purpose);
  create index account_tokens_expiry on account_tokens (expires_at);

  -- Accounts of an outside issuer.
  create table identities (
    issuer text not null,
    subject text not null,
    user_id text not null references users (id) on delete cascade,
    created_at timestamptz not null,
    primary key (issuer, subject)
  );
  create index identities_user on identities (user_id);

  create table signing_keys (
    id text primary key,
    algorithm text not null,
    public_key jsonb not null,
    -- The private key, sealed with a key made of the server's secret.
    sealed_key bytea not null,
    created_at timestamptz not null,
    -- Signs from here on, and is published before.
    signs_from timestamptz not null,
    -- Verifies until here; null: it has no successor yet.
    retires_at timestamptz
  );

  -- How often who failed to show the right password, kept through a crash of the server.
  create table login_attempts (
    -- SHA-256 of an address of an account (whether or not there is one), of a block of network addresses, or of both.
    subject bytea primary key,
    failures integer not null default 0 check (failures >= 0),
    last_failed_at timestamptz,
    locked_until timestamptz,
    -- When the right password was last shown.
    succeeded_at timestamptz,
    expires_at timestamptz not null
  );
  create index login_attempts_expiry on login_attempts (expires_at);

  -- Mails that would have been sent, where no server for mail is configured; in development only.
  create table preview_mails (
    id bigint generated always as identity primary key,
    recipient text not null,
    subject text not null,
    body text not null,
    created_at timestamptz not null
  );`;

const API_KEYS = `
  create table api_keys (
    id text primary key,
    user_id text not null references users (id) on delete cascade,
    -- Null: all projects of its account.
    project_id text references projects (id) on delete cascade,
    name text not null,
    -- The beginning of the key, by which people tell theirs apart.
    prefix text not null,
    key_hash bytea not null unique,
    scopes text[] not null,
    created_at timestamptz not null,
    expires_at timestamptz,
    last_used_at timestamptz,
    revoked_at timestamptz
  );
  create index api_keys_user on api_keys (user_id);
  create index api_keys_project on api_keys (project_id) where project_id is not null;`;

const PROJECTS = `
  alter table projects
    -- Whether assets wait for a person before viewers see them.
    add column review boolean not null default false,
    add column archived_at timestamptz,
    -- Where the public gallery is; null: there is none.
    add column gallery_slug text unique;

  create table project_members (
    project_id text not null references projects (id) on delete cascade,
    user_id text not null references users (id) on delete cascade,
    role text not null check (role in ('viewer', 'editor', 'owner')),
    joined_at timestamptz not null,
    primary key (project_id, user_id)
  );
  create index project_members_user on project_members (user_id, project_id);
  create index project_members_newest on project_members (project_id, joined_at desc, user_id desc);
  insert into project_members (project_id, user_id, role, joined_at)
    select id, owner_id, 'owner', created_at from projects;

  -- projects.owner_id, beside what is counted: whoever waits for this row reads it as it is when the wait is over.
  alter table project_usage add column payer_id text;
  update project_usage set payer_id = (select owner_id from projects where id = project_id);
  alter table project_usage alter column payer_id set not null;

  create table invitations (
    id text primary key,
    project_id text not null references projects (id) on delete cascade,
    -- Lower case.
    email text not null,
    role text not null check (role in ('viewer', 'editor', 'owner')),
    -- Of the mailed token; null until the mail was made.
    token_hash bytea unique,
    invited_by text not null references users (id),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    answered_at timestamptz,
    answer text check (answer in ('accepted', 'declined', 'withdrawn'))
  );
  create unique index invitations_open on invitations (project_id, email) where answered_at is null;
  create index invitations_email on invitations (email) where answered_at is null;`;

const ASSETS = `
  alter table assets
    add column is_public boolean not null default false,
    add column expires_at timestamptz,
    add column scan_state text not null default 'none' check (scan_state in ('none', 'pending', 'clean', 'infected')),
    -- What private:// is followed by: opaque, and the same for the life of the asset.
    add column private_ref text not null default replace(gen_random_uuid()::text, '-', ''),
    -- Why it was rejected.
    add column review_reason text,
    -- Which key its objects have: counts up each time they move to new ones.
    add column key_version integer not null default 0,
    -- The folder that they are on their way to; null: they are not.
    add column moving_to text,
    drop constraint assets_status_check,
    add constraint assets_status_check check (status in ('Processing', 'In Review', 'Published', 'Rejected'));
  alter table assets alter column private_ref drop default;
  create unique index assets_private_ref on assets (private_ref);
  create index assets_in_review on assets (created_at, id) where status = 'In Review' and deleted_at is null;

  -- Copies of files that were public elsewhere.
  create table imports (
    id text primary key,
    project_id text not null references projects (id) on delete cascade,
    created_by text not null references users (id),
    -- The old address, as URLs are written.
    address text not null,
    name text,
    status text not null default 'pending' check (status in ('pending', 'completed', 'failed')),
    -- Of the last attempt that had the file.
    upload_id text references uploads (id),
    asset_id text references assets (id),
    code text,
    reason text,
    created_at timestamptz not null,
    updated_at timestamptz not null
  );
  create index imports_project on imports (project_id, created_at desc);
  create unique index imports_pending on imports (project_id, md5(address)) where status = 'pending';

  -- Old addresses that go on resolving.
  create table old_addresses (
    project_id text not null references projects (id) on delete cascade,
    address_hash bytea not null,
    asset_id text not null references assets (id) on delete cascade,
    primary key (address_hash, project_id)
  );
  create index old_addresses_asset on old_addresses (asset_id);`;

const SHARES = `
  create table shares (
    id text primary key,
    project_id text not null references projects (id) on delete cascade,
    asset_id text not null references assets (id) on delete cascade,
    kind text not null check (kind in ('user', 'link')),
    -- Lower case; of a share to a person.
    email text,
    -- SHA-256 of the token of a link.
    token_hash bytea unique,
    password_hash text,
    expires_at timestamptz,
    max_downloads integer check (max_downloads > 0),
    downloads integer not null default 0,
    created_by text not null references users (id),
    created_at timestamptz not null,
    revoked_at timestamptz,
    constraint shares_kind check ((kind = 'user') = (email is not null) and (kind = 'link') = (token_hash is not null)),
    constraint shares_downloads check (downloads <= max_downloads)
  );
  create index shares_asset on shares (asset_id, created_at desc, id desc);
  create index shares_email on shares (email, created_at desc, id desc) where revoked_at is null and email is not null;
  create unique index shares_person on shares (asset_id, email) where revoked_at is null and email is not null;

  -- Pages of a gallery.
  create index assets_public on assets (project_id, created_at desc, id desc) where is_public and deleted_at is null;`;

const MY_DATA = `
  create table exports (
    id text primary key,
    user_id text not null references users (id) on delete cascade,
    status text not null default 'pending' check (status in ('pending', 'ready', 'failed', 'expired')),
    key text not null unique,
    file_size bigint,
    reason text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    expires_at timestamptz
  );
  create index exports_user on exports (user_id, created_at desc);`;

export const people: Migration = {
  name: '0003-people',
  sql: [ACCOUNTS, API_KEYS, PROJECTS, ASSETS, SHARES, MY_DATA].join('\n'),
};
