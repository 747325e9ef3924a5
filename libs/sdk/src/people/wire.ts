import type { Asset, PageRequest } from '../client/wire.js';

// What the routes of people and access send and take, in the API's own snake_case.

/** A device on which somebody is signed in. */
export interface DeviceSession {
  id: string;
  user_agent: string | null;
  ip: string | null;
  created_at: string;
  last_used_at: string;
  /** The one that asks. */
  current: boolean;
}

/** A mail that a development server shows instead of sending it. */
export interface PreviewedMail {
  id: string;
  to: string;
  subject: string;
  text: string;
  sent_at: string;
}

export type Scope =
  | 'projects:read'
  | 'projects:write'
  | 'members:write'
  | 'assets:read'
  | 'assets:write'
  | 'shares:write'
  | 'audit:read'
  | 'admin';

export interface ApiKey {
  id: string;
  name: string;
  /** The first characters, to tell keys apart. */
  prefix: string;
  scopes: Scope[];
  project_id: string | null;
  expires_at: string | null;
  last_used_at: string | null;
  created_at: string;
}

/** `key` is never shown again. */
export type NewApiKey = ApiKey & { key: string };

export interface CreateApiKeyInput {
  name: string;
  scopes: Scope[];
  project_id?: string;
  expires_at?: string;
}

export type ProjectRole = 'owner' | 'editor' | 'viewer';

export interface Member {
  user_id: string;
  name: string;
  email: string;
  role: ProjectRole;
  /** The one whose quota the project uses. */
  is_payer: boolean;
  joined_at: string;
}

/** Somebody of this installation by id, who joins at once, or an address, which gets a mail. */
export type AddMemberInput = { user_id: string; role: ProjectRole } | { email: string; role: ProjectRole };

export interface Invitation {
  id: string;
  email: string;
  role: ProjectRole;
  created_at: string;
  expires_at: string;
}

/** An invitation as the invited person sees it. */
export interface MyInvitation {
  id: string;
  project_id: string;
  project_name: string;
  role: ProjectRole;
  invited_by: string;
  expires_at: string;
}

export interface Gallery {
  slug: string;
  url: string;
}

export interface Share {
  id: string;
  kind: 'user' | 'link';
  email: string | null;
  expires_at: string | null;
  has_password: boolean;
  max_downloads: number | null;
  downloads: number;
  revoked_at: string | null;
  created_by: string;
  created_at: string;
}

/** `token` and `url` are those of a link, and never shown again. */
export type NewShare = Share & { token: string | null; url: string | null };

export type CreateShareInput =
  | { kind: 'user'; email: string; expires_at?: string }
  | { kind: 'link'; expires_at?: string; password?: string; max_downloads?: number };

/** An asset of others, for as long as it is shared with the caller. */
export type SharedAsset = Asset & {
  shared_at: string;
  /** Null: until it is revoked. */
  shared_until: string | null;
};

/** What a link shows to whoever has it. */
export interface SharedFile {
  name: string | null;
  content_type: string | null;
  file_size: number | null;
  thumbnail_url: string | null;
  preview_url: string | null;
  password_required: boolean;
  downloads_left: number | null;
  expires_at: string | null;
}

export interface AuditEvent {
  id: string;
  at: string;
  action: string;
  /** The id is that of the user, the key or the share. */
  actor: { kind: 'user' | 'api_key' | 'link' | 'visitor' | 'system'; id: string };
  asset_id: string | null;
  project_id: string | null;
  ip: string | null;
  user_agent: string | null;
  request_id: string | null;
  result: 'success' | 'refused';
  reason: string | null;
  details: Record<string, string | number | null>;
  /** Then what named people is gone. */
  erased: boolean;
}

export interface AuditFilter {
  action?: string;
  /** Id of a user, a key or a share. */
  actor?: string;
  ip?: string;
  from?: string;
  to?: string;
}

export type ListAuditRequest = AuditFilter & PageRequest;

export type AuditExportFormat = 'ndjson' | 'csv';

export interface Import {
  id: string;
  status: 'pending' | 'completed' | 'failed';
  asset_id: string | null;
  private_ref: string | null;
  code: string | null;
  reason: string | null;
}

export interface ImportInput {
  project_id: string;
  /** Of a host that the server copies from. */
  url: string;
  name?: string;
}

export interface DataExport {
  id: string;
  status: 'pending' | 'ready' | 'failed' | 'expired';
  /** Bytes; null until it is ready. */
  file_size: number | null;
  /** Why it failed. */
  reason: string | null;
  /** Signed; null unless it is ready. */
  url: string | null;
  /** When the file goes. */
  expires_at: string | null;
  created_at: string;
}
