import type { Principal } from './principal';

export const AUDIT_ACTIONS = [
  'signed_up',
  'logged_in',
  'login_failed',
  'logged_out',
  'session_ended',
  'refresh_reused',
  'account_renamed',
  'password_changed',
  'password_reset_asked',
  'password_reset',
  'email_verified',
  'api_key_created',
  'api_key_revoked',
  'project_created',
  'project_updated',
  'project_archived',
  'project_unarchived',
  'project_transferred',
  'member_added',
  'member_changed',
  'member_removed',
  'member_left',
  'invited',
  'invitation_accepted',
  'invitation_declined',
  'invitation_withdrawn',
  'upload_begun',
  'uploaded',
  'upload_rejected',
  'upload_cancelled',
  'upload_expired',
  'renamed',
  'published_to_all',
  'made_private',
  'expiry_set',
  'rotation_asked',
  'rotated',
  'rotation_failed',
  'imported',
  'import_failed',
  'accessed',
  'denied',
  'shared',
  'share_revoked',
  'share_opened',
  'gallery_published',
  'gallery_ended',
  'deleted',
  'asset_published',
  'asset_rejected',
  'tier_changed',
  'tier_assigned',
  'user_suspended',
  'user_unsuspended',
  'user_role_changed',
  'reconciled',
  'export_requested',
  'export_made',
  'account_erased',
  'personal_data_erased',
  'audit_exported',
  'anomaly_detected',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** Small facts, flat, so that they can be searched and exported. */
export type AuditDetails = Record<string, string | number | null>;

export interface AuditFacts {
  action: AuditAction;
  at: Date;
  projectId?: string | undefined;
  assetId?: string | undefined;
  result?: 'success' | 'refused';
  reason?: string;
  /** Nothing that names a person; ids may. An account that the event is about goes under `user_id`. */
  details?: AuditDetails;
  /** What names people, such as addresses and file names: erased with the account. An email goes under `email`. */
  personal?: AuditDetails;
}

/** Records what happens outside of transactions. */
export interface AuditWriter {
  /** Resolves when it is on record: only then may what was granted be given out. Throws the database's errors. */
  recordGrant(principal: Principal, facts: AuditFacts): Promise<void>;
  /** What somebody was denied, with `reason`. In a transaction of its own: the refused one is rolled back. */
  recordRefusal(principal: Principal, facts: AuditFacts & { reason: string }): Promise<void>;
  /** Resolves when nothing waits to be written any more. */
  drain(): Promise<void>;
}
