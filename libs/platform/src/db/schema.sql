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

create table projects (
  id text not null,
  owner_id text not null,
  name text not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint projects_pkey PRIMARY KEY (id),
  constraint projects_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES users(id)
);
CREATE INDEX projects_owner ON public.projects USING btree (owner_id, created_at DESC, id DESC);

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

create table schema_migrations (
  name text not null,
  applied_at timestamp with time zone default now() not null,
  constraint schema_migrations_pkey PRIMARY KEY (name)
);

create table tiers (
  name text not null,
  max_bytes bigint not null,
  max_file_size bigint not null,
  constraint tiers_pkey PRIMARY KEY (name),
  constraint tiers_max_bytes_check CHECK ((max_bytes >= 0)),
  constraint tiers_max_file_size_check CHECK ((max_file_size > 0))
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
  constraint uploads_pkey PRIMARY KEY (id),
  constraint uploads_asset_id_key UNIQUE (asset_id),
  constraint uploads_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id),
  constraint uploads_file_key_key UNIQUE (file_key),
  constraint uploads_file_size_check CHECK ((file_size > 0)),
  constraint uploads_incoming_key_key UNIQUE (incoming_key),
  constraint uploads_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects(id),
  constraint uploads_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'completed'::text, 'rejected'::text, 'expired'::text, 'cancelled'::text])))
);
CREATE INDEX uploads_pending ON public.uploads USING btree (expires_at) WHERE (status = 'pending'::text);

create table usage (
  user_id text not null,
  used_bytes bigint default 0 not null,
  reserved_bytes bigint default 0 not null,
  files bigint default 0 not null,
  constraint usage_pkey PRIMARY KEY (user_id),
  constraint usage_files_check CHECK ((files >= 0)),
  constraint usage_reserved_bytes_check CHECK ((reserved_bytes >= 0)),
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
