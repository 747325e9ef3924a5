import type { Asset } from '../client/wire.js';

export interface AdminUser {
  id: string;
  email: string;
  name: string;
  role: 'user' | 'admin';
  tier: string;
  email_verified: boolean;
  suspended_at: string | null;
  created_at: string;
  /** Bytes. */
  used_bytes: number;
  /** In place of the tier's; null where the tier's holds. */
  max_bytes: number | null;
}

export interface UpdateUserInput {
  tier?: string;
  suspended?: boolean;
  role?: 'user' | 'admin';
  max_bytes?: number | null;
}

/** Null where the configuration decides. */
export interface TierInput {
  max_bytes: number;
  max_file_size: number;
  requests_per_minute: number | null;
  max_access_url_seconds: number | null;
}

export interface Tier extends TierInput {
  name: string;
  users: number;
}

export type ModerationInput = { decision: 'publish' } | { decision: 'reject'; reason: string };

/** Waits for a decision; with URLs of its bytes, which an administrator gets for this alone. */
export type ModerationItem = Asset & { project_name?: string };
