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
  storage: { used: number; reserved: number; limit: number };
  /** In place of the tier's; null where the tier's holds. */
  max_bytes: number | null;
}

export interface UpdateUserInput {
  tier?: string;
  suspended?: boolean;
  role?: 'user' | 'admin';
  max_bytes?: number | null;
}

/** Limits in bytes and seconds. */
export interface Tier {
  name: string;
  max_bytes: number;
  max_file_bytes: number;
  max_files: number;
  max_url_seconds: number;
  users: number;
}

export type TierInput = Omit<Tier, 'name' | 'users'>;

/** Something that waits for a decision, with what can be seen of it. */
export type ModerationItem = Asset;

export type ModerationInput = { decision: 'publish' } | { decision: 'reject'; reason: string };
