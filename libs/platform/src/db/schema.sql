-- The tables and functions as the migrations leave them; to read and to compare, never to run.
-- Refresh with: npm run schema:dump

create table account_tokens (
  token_hash bytea not null,
  user_id text not null,
  purpose text not null,
  email text not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint account_tokens_pkey PRIMARY KEY (token_hash),
  constraint account_tokens_purpose_check CHECK ((purpose = ANY (ARRAY['reset'::text, 'verify'::text]))),
  constraint account_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);
CREATE INDEX account_tokens_expiry ON public.account_tokens USING btree (expires_at);
CREATE INDEX account_tokens_user ON public.account_tokens USING btree (user_id, purpose);

create table api_keys (
  id text not null,
  user_id text not null,
  project_id text,
  name text not null,
  prefix text not null,
  key_hash bytea not null,
  scopes text[] not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint api_keys_pkey PRIMARY KEY (id),
  constraint api_keys_key_hash_key UNIQUE (key_hash),
  constraint api_keys_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(id) ON DELETE CASCADE,
  constraint api_keys_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);
CREATE INDEX api_keys_project ON public.api_keys USING btree (project_id) WHERE (project_id IS NOT NULL);
CREATE INDEX api_keys_user ON public.api_keys USING btree (user_id);

create table assets (
  id text not null,
  project_id text not null,
  upload_id text not null,
  created_by text not null,
  name text not null,
  status text not null,
  file_name text not null,
  file_key text not null,
  file_size bigint not null,
  content_type text not null,
  etag text not null,
  checksum_sha256 text,
  width integer,
  height integer,
  thumbnail_key text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  deleted_at timestamp with time zone,
  is_public boolean default false not null,
  expires_at timestamp with time zone,
  scan_state text default 'none'::text not null,
  private_ref text not null,
  review_reason text,
  key_version integer default 0 not null,
  moving_to text,
  constraint assets_pkey PRIMARY KEY (id),
  constraint assets_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id),
  constraint assets_file_key_key UNIQUE (file_key),
  constraint assets_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(id),
  constraint assets_scan_state_check CHECK ((scan_state = ANY (ARRAY['none'::text, 'pending'::text, 'clean'::text, 'infected'::text]))),
  constraint assets_status_check CHECK ((status = ANY (ARRAY['Processing'::text, 'In Review'::text, 'Published'::text, 'Rejected'::text]))),
  constraint assets_upload_id_fkey FOREIGN KEY (upload_id) REFERENCES uploads(id),
  constraint assets_upload_id_key UNIQUE (upload_id)
);
CREATE INDEX assets_content ON public.assets USING btree (project_id, checksum_sha256, file_size) WHERE ((deleted_at IS NULL) AND (checksum_sha256 IS NOT NULL));
CREATE INDEX assets_file_key ON public.assets USING btree (file_key COLLATE "C");
CREATE INDEX assets_in_review ON public.assets USING btree (created_at, id) WHERE ((status = 'In Review'::text) AND (deleted_at IS NULL));
CREATE INDEX assets_newest ON public.assets USING btree (project_id, created_at DESC, id DESC) WHERE (deleted_at IS NULL);
CREATE UNIQUE INDEX assets_private_ref ON public.assets USING btree (private_ref);
CREATE INDEX assets_public ON public.assets USING btree (project_id, created_at DESC, id DESC) WHERE (is_public AND (deleted_at IS NULL));

create table audit_events (
  id text not null,
  at timestamp with time zone not null,
  action text not null,
  actor_kind text not null,
  actor_id text not null,
  project_id text,
  asset_id text,
  request_id text,
  result text not null,
  reason text,
  details json not null,
  seq bigint generated always as identity not null,
  personal json,
  salt bytea,
  personal_digest bytea not null,
  erased_by text,
  seal bigint,
  seal_position integer,
  constraint audit_events_pkey PRIMARY KEY (id),
  constraint audit_events_erased CHECK ((((personal IS NULL) = (salt IS NULL)) AND ((personal IS NULL) = (erased_by IS NOT NULL)))),
  constraint audit_events_result_check CHECK ((result = ANY (ARRAY['success'::text, 'refused'::text]))),
  constraint audit_events_sealed CHECK (((seal IS NULL) = (seal_position IS NULL)))
);
CREATE INDEX audit_events_about_user ON public.audit_events USING btree (((details ->> 'user_id'::text))) WHERE ((details ->> 'user_id'::text) IS NOT NULL);
CREATE INDEX audit_events_actor ON public.audit_events USING btree (actor_id, at DESC);
CREATE INDEX audit_events_asset ON public.audit_events USING btree (asset_id, at DESC) WHERE (asset_id IS NOT NULL);
CREATE INDEX audit_events_at ON public.audit_events USING btree (at DESC, id DESC);
CREATE INDEX audit_events_email ON public.audit_events USING btree (lower((personal ->> 'email'::text))) WHERE ((personal ->> 'email'::text) IS NOT NULL);
CREATE INDEX audit_events_project ON public.audit_events USING btree (project_id, at DESC) WHERE (project_id IS NOT NULL);
CREATE UNIQUE INDEX audit_events_seal ON public.audit_events USING btree (seal, seal_position) WHERE (seal IS NOT NULL);
CREATE UNIQUE INDEX audit_events_unsealed ON public.audit_events USING btree (seq) WHERE (seal IS NULL);
CREATE TRIGGER audit_events_change BEFORE UPDATE ON public.audit_events FOR EACH ROW EXECUTE FUNCTION audit_guard_event(); -- always
CREATE TRIGGER audit_events_stay BEFORE DELETE OR TRUNCATE ON public.audit_events FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse(); -- always

create table audit_seals (
  number bigint not null,
  previous bytea not null,
  root bytea not null,
  event_ids text[] not null,
  leaves bytea not null,
  sealed_at timestamp with time zone not null,
  hash bytea not null,
  constraint audit_seals_pkey PRIMARY KEY (number),
  constraint audit_seals_event_ids_check CHECK ((cardinality(event_ids) > 0)),
  constraint audit_seals_number_check CHECK ((number > 0))
);
CREATE TRIGGER audit_seals_stay BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_seals FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse(); -- always

create table exports (
  id text not null,
  user_id text not null,
  status text default 'pending'::text not null,
  key text not null,
  file_size bigint,
  reason text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  constraint exports_pkey PRIMARY KEY (id),
  constraint exports_key_key UNIQUE (key),
  constraint exports_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'ready'::text, 'failed'::text, 'expired'::text]))),
  constraint exports_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);
CREATE INDEX exports_user ON public.exports USING btree (user_id, created_at DESC);

create table idempotency_keys (
  id bytea not null,
  request bytea not null,
  locked_until timestamp with time zone,
  status integer,
  answer bytea,
  expires_at timestamp with time zone not null,
  constraint idempotency_keys_pkey PRIMARY KEY (id)
);
CREATE INDEX idempotency_keys_expiry ON public.idempotency_keys USING btree (expires_at);

create table identities (
  issuer text not null,
  subject text not null,
  user_id text not null,
  created_at timestamp with time zone not null,
  constraint identities_pkey PRIMARY KEY (issuer, subject),
  constraint identities_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);
CREATE INDEX identities_user ON public.identities USING btree (user_id);

create table imports (
  id text not null,
  project_id text not null,
  created_by text not null,
  address text not null,
  name text,
  status text default 'pending'::text not null,
  upload_id text,
  asset_id text,
  code text,
  reason text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint imports_pkey PRIMARY KEY (id),
  constraint imports_asset_id_fkey FOREIGN KEY (asset_id) REFERENCES assets(id),
  constraint imports_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id),
  constraint imports_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(id) ON DELETE CASCADE,
  constraint imports_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'completed'::text, 'failed'::text]))),
  constraint imports_upload_id_fkey FOREIGN KEY (upload_id) REFERENCES uploads(id)
);
CREATE UNIQUE INDEX imports_pending ON public.imports USING btree (project_id, md5(address)) WHERE (status = 'pending'::text);
CREATE INDEX imports_project ON public.imports USING btree (project_id, created_at DESC);

create table invitations (
  id text not null,
  project_id text not null,
  email text not null,
  role text not null,
  token_hash bytea,
  invited_by text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  answered_at timestamp with time zone,
  answer text,
  constraint invitations_pkey PRIMARY KEY (id),
  constraint invitations_answer_check CHECK ((answer = ANY (ARRAY['accepted'::text, 'declined'::text, 'withdrawn'::text]))),
  constraint invitations_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES users(id),
  constraint invitations_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(id) ON DELETE CASCADE,
  constraint invitations_role_check CHECK ((role = ANY (ARRAY['viewer'::text, 'editor'::text, 'owner'::text]))),
  constraint invitations_token_hash_key UNIQUE (token_hash)
);
CREATE INDEX invitations_email ON public.invitations USING btree (email) WHERE (answered_at IS NULL);
CREATE UNIQUE INDEX invitations_open ON public.invitations USING btree (project_id, email) WHERE (answered_at IS NULL);

create table login_attempts (
  subject bytea not null,
  failures integer default 0 not null,
  last_failed_at timestamp with time zone,
  locked_until timestamp with time zone,
  succeeded_at timestamp with time zone,
  expires_at timestamp with time zone not null,
  constraint login_attempts_pkey PRIMARY KEY (subject),
  constraint login_attempts_failures_check CHECK ((failures >= 0))
);
CREATE INDEX login_attempts_expiry ON public.login_attempts USING btree (expires_at);

create table old_addresses (
  project_id text not null,
  address_hash bytea not null,
  asset_id text not null,
  constraint old_addresses_pkey PRIMARY KEY (address_hash, project_id),
  constraint old_addresses_asset_id_fkey FOREIGN KEY (asset_id) REFERENCES assets(id) ON DELETE CASCADE,
  constraint old_addresses_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(id) ON DELETE CASCADE
);
CREATE INDEX old_addresses_asset ON public.old_addresses USING btree (asset_id);

create table preview_mails (
  id bigint generated always as identity not null,
  recipient text not null,
  subject text not null,
  body text not null,
  created_at timestamp with time zone not null,
  constraint preview_mails_pkey PRIMARY KEY (id)
);

create table project_members (
  project_id text not null,
  user_id text not null,
  role text not null,
  joined_at timestamp with time zone not null,
  constraint project_members_pkey PRIMARY KEY (project_id, user_id),
  constraint project_members_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(id) ON DELETE CASCADE,
  constraint project_members_role_check CHECK ((role = ANY (ARRAY['viewer'::text, 'editor'::text, 'owner'::text]))),
  constraint project_members_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);
CREATE INDEX project_members_newest ON public.project_members USING btree (project_id, joined_at DESC, user_id DESC);
CREATE INDEX project_members_user ON public.project_members USING btree (user_id, project_id);

create table project_usage (
  project_id text not null,
  used_bytes bigint default 0 not null,
  reserved_bytes bigint default 0 not null,
  used_files bigint default 0 not null,
  reserved_files bigint default 0 not null,
  payer_id text not null,
  constraint project_usage_pkey PRIMARY KEY (project_id),
  constraint project_usage_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(id) ON DELETE CASCADE,
  constraint project_usage_reserved_bytes_check CHECK ((reserved_bytes >= 0)),
  constraint project_usage_reserved_files_check CHECK ((reserved_files >= 0)),
  constraint project_usage_used_bytes_check CHECK ((used_bytes >= 0)),
  constraint project_usage_used_files_check CHECK ((used_files >= 0))
);

create table projects (
  id text not null,
  owner_id text not null,
  name text not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  deduplicate boolean default false not null,
  review boolean default false not null,
  archived_at timestamp with time zone,
  gallery_slug text,
  constraint projects_pkey PRIMARY KEY (id),
  constraint projects_gallery_slug_key UNIQUE (gallery_slug),
  constraint projects_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users(id)
);
CREATE INDEX projects_owner ON public.projects USING btree (owner_id, created_at DESC, id DESC);

create table rate_limits (
  key text not null,
  points integer not null,
  expire bigint,
  constraint rate_limits_pkey PRIMARY KEY (key)
);

create table reconcile_runs (
  id text not null,
  started_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  dry_run boolean not null,
  objects bigint default 0 not null,
  found jsonb default '{}'::jsonb not null,
  repaired jsonb default '{}'::jsonb not null,
  failed jsonb default '{}'::jsonb not null,
  error text,
  constraint reconcile_runs_pkey PRIMARY KEY (id)
);
CREATE INDEX reconcile_runs_newest ON public.reconcile_runs USING btree (started_at DESC);

create table renditions (
  id text not null,
  asset_id text not null,
  name text not null,
  status text default 'pending'::text not null,
  reason text,
  key text not null,
  content_type text,
  file_size bigint,
  width integer,
  height integer,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint renditions_pkey PRIMARY KEY (id),
  constraint renditions_asset_id_fkey FOREIGN KEY (asset_id) REFERENCES assets(id),
  constraint renditions_asset_id_name_key UNIQUE (asset_id, name),
  constraint renditions_name_check CHECK ((name = ANY (ARRAY['thumbnail'::text, 'qr-code'::text]))),
  constraint renditions_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'ready'::text, 'failed'::text])))
);
CREATE INDEX renditions_key ON public.renditions USING btree (key COLLATE "C");

create table schema_migrations (
  name text not null,
  applied_at timestamp with time zone default now() not null,
  constraint schema_migrations_pkey PRIMARY KEY (name)
);

create table sessions (
  id text not null,
  user_id text not null,
  token_hash bytea not null,
  ip text,
  user_agent text,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  ended_because text,
  constraint sessions_pkey PRIMARY KEY (id),
  constraint sessions_ended_because_check CHECK ((ended_because = ANY (ARRAY['logout'::text, 'reuse'::text, 'password'::text, 'suspended'::text, 'erased'::text]))),
  constraint sessions_token_hash_key UNIQUE (token_hash),
  constraint sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);
CREATE INDEX sessions_expiry ON public.sessions USING btree (expires_at);
CREATE INDEX sessions_user ON public.sessions USING btree (user_id) WHERE (ended_at IS NULL);

create table shares (
  id text not null,
  project_id text not null,
  asset_id text not null,
  kind text not null,
  email text,
  token_hash bytea,
  password_hash text,
  expires_at timestamp with time zone,
  max_downloads integer,
  downloads integer default 0 not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  constraint shares_pkey PRIMARY KEY (id),
  constraint shares_asset_id_fkey FOREIGN KEY (asset_id) REFERENCES assets(id) ON DELETE CASCADE,
  constraint shares_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id),
  constraint shares_downloads CHECK ((downloads <= max_downloads)),
  constraint shares_kind CHECK ((((kind = 'user'::text) = (email IS NOT NULL)) AND ((kind = 'link'::text) = (token_hash IS NOT NULL)))),
  constraint shares_kind_check CHECK ((kind = ANY (ARRAY['user'::text, 'link'::text]))),
  constraint shares_max_downloads_check CHECK ((max_downloads > 0)),
  constraint shares_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(id) ON DELETE CASCADE,
  constraint shares_token_hash_key UNIQUE (token_hash)
);
CREATE INDEX shares_asset ON public.shares USING btree (asset_id, created_at DESC, id DESC);
CREATE INDEX shares_email ON public.shares USING btree (email, created_at DESC, id DESC) WHERE ((revoked_at IS NULL) AND (email IS NOT NULL));
CREATE UNIQUE INDEX shares_person ON public.shares USING btree (asset_id, email) WHERE ((revoked_at IS NULL) AND (email IS NOT NULL));

create table signing_keys (
  id text not null,
  algorithm text not null,
  public_key jsonb not null,
  sealed_key bytea not null,
  created_at timestamp with time zone not null,
  signs_from timestamp with time zone not null,
  retires_at timestamp with time zone,
  constraint signing_keys_pkey PRIMARY KEY (id)
);

create table spent_refresh_tokens (
  token_hash bytea not null,
  session_id text not null,
  expires_at timestamp with time zone not null,
  constraint spent_refresh_tokens_pkey PRIMARY KEY (token_hash),
  constraint spent_refresh_tokens_session_id_fkey FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
);
CREATE INDEX spent_refresh_tokens_expiry ON public.spent_refresh_tokens USING btree (expires_at);
CREATE INDEX spent_refresh_tokens_session ON public.spent_refresh_tokens USING btree (session_id);

create table storage_profiles (
  address text not null,
  profile jsonb not null,
  checked_at timestamp with time zone not null,
  constraint storage_profiles_pkey PRIMARY KEY (address)
);

create table tiers (
  name text not null,
  max_bytes bigint not null,
  max_file_size bigint not null,
  max_files bigint,
  max_project_bytes bigint,
  max_project_files bigint,
  requests_per_minute integer,
  max_access_url_seconds integer,
  constraint tiers_pkey PRIMARY KEY (name),
  constraint tiers_max_access_url_seconds_check CHECK (((max_access_url_seconds >= 1) AND (max_access_url_seconds <= 604800))),
  constraint tiers_max_bytes_check CHECK ((max_bytes >= 0)),
  constraint tiers_max_file_size_check CHECK ((max_file_size > 0)),
  constraint tiers_max_files_check CHECK ((max_files >= 0)),
  constraint tiers_max_project_bytes_check CHECK ((max_project_bytes >= 0)),
  constraint tiers_max_project_files_check CHECK ((max_project_files >= 0)),
  constraint tiers_requests_per_minute_check CHECK ((requests_per_minute > 0))
);

create table upload_parts (
  upload_id text not null,
  part_number integer not null,
  file_size bigint not null,
  checksum_sha256 text,
  content_md5 text,
  constraint upload_parts_pkey PRIMARY KEY (upload_id, part_number),
  constraint upload_parts_file_size_check CHECK ((file_size > 0)),
  constraint upload_parts_part_number_check CHECK (((part_number >= 1) AND (part_number <= 10000))),
  constraint upload_parts_upload_id_fkey FOREIGN KEY (upload_id) REFERENCES uploads(id) ON DELETE CASCADE
);

create table uploads (
  id text not null,
  asset_id text not null,
  project_id text not null,
  created_by text not null,
  file_name text not null,
  file_size bigint not null,
  content_type text not null,
  checksum_sha256 text,
  incoming_key text not null,
  file_key text not null,
  status text default 'pending'::text not null,
  rejection_code text,
  rejection_detail text,
  claim text,
  claimed_until timestamp with time zone,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  part_size bigint,
  part_count integer,
  part_checksum text,
  storage_upload_id text,
  source_asset_id text,
  idempotency_key text,
  constraint uploads_pkey PRIMARY KEY (id),
  constraint uploads_asset_id_key UNIQUE (asset_id),
  constraint uploads_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id),
  constraint uploads_file_key_key UNIQUE (file_key),
  constraint uploads_file_size_check CHECK ((file_size > 0)),
  constraint uploads_in_parts CHECK ((((part_size IS NULL) = (part_count IS NULL)) AND ((part_size IS NULL) = (part_checksum IS NULL)))),
  constraint uploads_incoming_key_key UNIQUE (incoming_key),
  constraint uploads_part_checksum_check CHECK ((part_checksum = ANY (ARRAY['sha256'::text, 'md5'::text, 'none'::text]))),
  constraint uploads_part_count_check CHECK (((part_count >= 1) AND (part_count <= 10000))),
  constraint uploads_part_size_check CHECK ((part_size > 0)),
  constraint uploads_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(id),
  constraint uploads_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'completed'::text, 'rejected'::text, 'expired'::text, 'cancelled'::text])))
);
CREATE UNIQUE INDEX uploads_idempotency_key ON public.uploads USING btree (created_by, idempotency_key) WHERE (idempotency_key IS NOT NULL);
CREATE INDEX uploads_pending ON public.uploads USING btree (expires_at) WHERE (status = 'pending'::text);
CREATE INDEX uploads_pending_file_key ON public.uploads USING btree (file_key COLLATE "C") WHERE (status = 'pending'::text);

create table usage (
  user_id text not null,
  used_bytes bigint default 0 not null,
  reserved_bytes bigint default 0 not null,
  used_files bigint default 0 not null,
  reserved_files bigint default 0 not null,
  constraint usage_pkey PRIMARY KEY (user_id),
  constraint usage_files_check CHECK ((used_files >= 0)),
  constraint usage_reserved_bytes_check CHECK ((reserved_bytes >= 0)),
  constraint usage_reserved_files_check CHECK ((reserved_files >= 0)),
  constraint usage_used_bytes_check CHECK ((used_bytes >= 0)),
  constraint usage_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);

create table users (
  id text not null,
  email text not null,
  name text not null,
  password_hash text,
  role text default 'user'::text not null,
  tier text default 'free'::text not null,
  created_at timestamp with time zone not null,
  email_verified_at timestamp with time zone,
  suspended_at timestamp with time zone,
  erased_at timestamp with time zone,
  tokens_valid_from timestamp with time zone,
  max_bytes bigint,
  constraint users_pkey PRIMARY KEY (id),
  constraint users_max_bytes_check CHECK ((max_bytes >= 0)),
  constraint users_role_check CHECK ((role = ANY (ARRAY['user'::text, 'admin'::text]))),
  constraint users_tier_fkey FOREIGN KEY (tier) REFERENCES tiers(name)
);
CREATE INDEX users_admins ON public.users USING btree (id) WHERE (role = 'admin'::text);
CREATE INDEX users_by_email ON public.users USING btree (lower(email) COLLATE "C", id);
CREATE INDEX users_by_id ON public.users USING btree (id COLLATE "C");
CREATE INDEX users_by_name ON public.users USING btree (lower(name) COLLATE "C", id);
CREATE UNIQUE INDEX users_email_key ON public.users USING btree (lower(email));
CREATE INDEX users_newest ON public.users USING btree (created_at DESC, id DESC);
CREATE INDEX users_tier ON public.users USING btree (tier);

CREATE OR REPLACE FUNCTION public.audit_erase(event_ids text[], because text)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
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
  end $function$
;
-- not for everybody

CREATE OR REPLACE FUNCTION public.audit_guard_event()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
  end $function$
;

CREATE OR REPLACE FUNCTION public.audit_refuse()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
  begin
    raise exception 'the audit trail only grows: % of % is refused', lower(tg_op), tg_table_name
      using errcode = 'insufficient_privilege';
  end $function$
;

CREATE OR REPLACE FUNCTION public.audit_seal(number bigint, previous bytea, root bytea, event_ids text[], leaves bytea, sealed_at timestamp with time zone, hash bytea)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
AS $function$
  declare
    placed integer;
  begin
    insert into audit_seals values ($1, $2, $3, $4, $5, $6, $7);
    update audit_events set seal = $1, seal_position = places.position - 1
      from unnest($4) with ordinality as places (id, position)
     where audit_events.id = places.id and audit_events.seal is null;
    get diagnostics placed = row_count;
    if placed <> cardinality($4) then raise exception 'only % of % events could be sealed', placed, cardinality($4); end if;
  end $function$
;
-- not for everybody
