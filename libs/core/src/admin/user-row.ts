/** An account as administrators see it, with what it uses. */
export interface ManagedUser {
  id: string;
  email: string;
  name: string;
  role: 'user' | 'admin';
  tier: string;
  /** In place of the tier's; null: the tier's. Bytes. */
  maxBytes: number | null;
  emailVerified: boolean;
  suspendedAt: Date | null;
  createdAt: Date;
  /** Of all projects that the account pays for. */
  usage: { bytes: number; reservedBytes: number; files: number; reservedFiles: number };
}

/** Of `users` and `usage`, joined. */
export const USER_COLUMNS = `
  users.id, users.email, users.name, users.role, users.tier, users.max_bytes, users.email_verified_at,
  users.suspended_at, users.created_at, usage.used_bytes, usage.reserved_bytes, usage.used_files, usage.reserved_files`;

export interface UserRow {
  id: string;
  email: string;
  name: string;
  role: 'user' | 'admin';
  tier: string;
  max_bytes: string | null;
  email_verified_at: Date | null;
  suspended_at: Date | null;
  created_at: Date;
  used_bytes: string;
  reserved_bytes: string;
  used_files: string;
  reserved_files: string;
}

export const toManagedUser = (row: UserRow): ManagedUser => ({
  id: row.id,
  email: row.email,
  name: row.name,
  role: row.role,
  tier: row.tier,
  maxBytes: row.max_bytes === null ? null : Number(row.max_bytes),
  emailVerified: row.email_verified_at !== null,
  suspendedAt: row.suspended_at,
  createdAt: row.created_at,
  usage: {
    bytes: Number(row.used_bytes),
    reservedBytes: Number(row.reserved_bytes),
    files: Number(row.used_files),
    reservedFiles: Number(row.reserved_files),
  },
});
