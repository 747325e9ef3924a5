-- The tables as the migrations leave them; to read and to compare, never to run.
-- Refresh with: npm run schema:dump

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
  constraint assets_pkey PRIMARY KEY (id),
  constraint assets_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id),
  constraint assets_file_key_key UNIQUE (file_key),
  constraint assets_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(id),
  constraint assets_status_check CHECK ((status = ANY (ARRAY['Processing'::text, 'In Review'::text, 'Published'::text]))),
  constraint assets_upload_id_fkey FOREIGN KEY (upload_id) REFERENCES uploads(id),
  constraint assets_upload_id_key UNIQUE (upload_id)
);
CREATE INDEX assets_content ON public.assets USING btree (project_id, checksum_sha256, file_size) WHERE ((deleted_at IS NULL) AND (checksum_sha256 IS NOT NULL));
CREATE INDEX assets_file_key ON public.assets USING btree (file_key COLLATE "C");
CREATE INDEX assets_newest ON public.assets USING btree (project_id, created_at DESC, id DESC) WHERE (deleted_at IS NULL);

create table audit_events (
  id text not null,
  at timestamp with time zone not null,
  action text not null,
  actor_kind text not null,
  actor_id text not null,
  project_id text,
  asset_id text,
  ip text,
  user_agent text,
  request_id text,
  result text not null,
  reason text,
  details jsonb default '{}'::jsonb not null,
  constraint audit_events_pkey PRIMARY KEY (id),
  constraint audit_events_result_check CHECK ((result = ANY (ARRAY['success'::text, 'refused'::text])))
);
CREATE INDEX audit_events_asset ON public.audit_events USING btree (asset_id, at DESC) WHERE (asset_id IS NOT NULL);
CREATE INDEX audit_events_project ON public.audit_events USING btree (project_id, at DESC) WHERE (project_id IS NOT NULL);

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

create table project_usage (
  project_id text not null,
  used_bytes bigint default 0 not null,
  reserved_bytes bigint default 0 not null,
  used_files bigint default 0 not null,
  reserved_files bigint default 0 not null,
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
  constraint projects_pkey PRIMARY KEY (id),
  constraint projects_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users(id)
);
CREATE INDEX projects_owner ON public.projects USING btree (owner_id, created_at DESC, id DESC);

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
  constraint tiers_pkey PRIMARY KEY (name),
  constraint tiers_max_bytes_check CHECK ((max_bytes >= 0)),
  constraint tiers_max_file_size_check CHECK ((max_file_size > 0)),
  constraint tiers_max_files_check CHECK ((max_files >= 0)),
  constraint tiers_max_project_bytes_check CHECK ((max_project_bytes >= 0)),
  constraint tiers_max_project_files_check CHECK ((max_project_files >= 0))
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
  password_hash text not null,
  role text default 'user'::text not null,
  tier text default 'free'::text not null,
  created_at timestamp with time zone not null,
  constraint users_pkey PRIMARY KEY (id),
  constraint users_role_check CHECK ((role = ANY (ARRAY['user'::text, 'admin'::text]))),
  constraint users_tier_fkey FOREIGN KEY (tier) REFERENCES tiers(name)
);
CREATE UNIQUE INDEX users_email_key ON public.users USING btree (lower(email));
