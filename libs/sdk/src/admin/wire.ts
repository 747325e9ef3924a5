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
  reserved_bytes: number;
  used_files: number;
  reserved_files: number;
  /** In place of the tier's; null where the tier's holds. */
  max_bytes: number | null;
}

export interface UpdateUserInput {
  tier?: string;
  suspended?: boolean;
  role?: 'user' | 'admin';
  max_bytes?: number | null;
}

/** Bytes, files and seconds. What is null or left out has no limit, or that of the configuration. */
export interface TierInput {
  max_bytes: number;
  max_file_size: number;
  max_files?: number | null;
  max_project_bytes?: number | null;
  max_project_files?: number | null;
  requests_per_minute?: number | null;
  max_access_url_seconds?: number | null;
}

export interface Tier extends Required<TierInput> {
  name: string;
  users: number;
}

/** Waits for a decision; with URLs of its bytes, which an administrator gets for this alone. */
export type ModerationItem = Asset & { project_name: string };
