import type { AuditEvent } from '@slipway/sdk/people';

/** What happened, after the name of whoever did it. */
const DEEDS: Partial<Record<AuditEvent['action'], string>> = {
  signed_up: 'signed up',
  logged_in: 'signed in',
  login_failed: 'gave a wrong password',
  logged_out: 'signed out',
  session_ended: 'ended a session',
  refresh_reused: 'showed a token that was spent',
  account_renamed: 'changed the name of the account',
  password_changed: 'changed the password',
  password_reset_asked: 'asked for a link to a new password',
  password_reset: 'chose a new password by a link',
  email_verified: 'confirmed the address',
  api_key_created: 'made an API key',
  api_key_revoked: 'revoked an API key',
  project_created: 'created the project',
  project_updated: 'changed the project’s settings',
  project_archived: 'archived the project',
  project_unarchived: 'opened the project again',
  project_transferred: 'handed the project over',
  member_added: 'added a member',
  member_changed: 'changed a member’s role',
  member_removed: 'removed a member',
  member_left: 'left the project',
  invited: 'invited somebody',
  invitation_accepted: 'accepted an invitation',
  invitation_declined: 'declined an invitation',
  invitation_withdrawn: 'withdrew an invitation',
  upload_begun: 'began an upload',
  uploaded: 'uploaded the file',
  upload_rejected: 'sent a file that was rejected',
  upload_cancelled: 'cancelled an upload',
  upload_expired: 'left an upload unfinished',
  renamed: 'renamed the file',
  published_to_all: 'made the file public',
  made_private: 'made the file private',
  expiry_set: 'changed until when it can be seen',
  rotation_asked: 'asked for its old links to die',
  rotated: 'let its old links die',
  rotation_failed: 'could not let its old links die',
  imported: 'imported the file',
  import_failed: 'could not import a file',
  accessed: 'got a link to the file',
  shared: 'shared the file',
  share_revoked: 'revoked a share',
  share_opened: 'opened a share',
  gallery_published: 'opened a gallery',
  gallery_ended: 'closed the gallery',
  deleted: 'deleted the file',
  asset_published: 'published the file',
  asset_rejected: 'rejected the file',
  tier_changed: 'changed a tier',
  tier_assigned: 'put an account into another tier',
  user_suspended: 'suspended an account',
  user_unsuspended: 'let an account in again',
  user_role_changed: 'changed who is an administrator',
  reconciled: 'set the records right',
  export_requested: 'asked for an export of their data',
  export_made: 'made an export',
  account_erased: 'erased an account',
  personal_data_erased: 'erased personal data',
  audit_exported: 'exported the activity',
  anomaly_detected: 'noticed something unusual',
};

/** Also for what a newer server records. */
export const describeDeed = ({ action }: { action: string }): string =>
  (DEEDS as Record<string, string>)[action] ?? action.replaceAll('_', ' ');

export const KNOWN_DEEDS: readonly string[] = Object.keys(DEEDS).toSorted();

const ACTORS: Record<AuditEvent['actor']['kind'], string> = {
  user: 'User',
  api_key: 'API key',
  link: 'Share link',
  visitor: 'A visitor',
  system: 'The system',
};

/** By name where one is known, else by kind and id. */
export function describeActor({ kind, id }: AuditEvent['actor'], name?: string): string {
  if (name !== undefined) return name;
  return kind === 'visitor' || kind === 'system' ? ACTORS[kind] : `${ACTORS[kind]} ${id}`;
}

const words = (name: string): string => name.replaceAll('_', ' ');

type DetailedEvent = Pick<AuditEvent, 'action' | 'details' | 'result'>;

/** `purpose: download · to: Harbour.jpg`; empty where there is nothing more to know. */
export const describeDetails = ({ action, details, result }: DetailedEvent): string =>
  Object.entries({ ...(result === 'refused' && { wanted: words(action) }), ...details })
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${words(name)}: ${value}`)
    .join(' · ');

/** `Ada uploaded the file`, or that she was not let. */
export const describeEvent = (
  event: Pick<AuditEvent, 'action' | 'actor' | 'result'>,
  actorName?: string,
): string => {
  const actor = describeActor(event.actor, actorName);
  return event.result === 'refused' ? `${actor} was turned away` : `${actor} ${describeDeed(event)}`;
};

export const describeRefusal = ({ reason }: Pick<AuditEvent, 'reason'>): string =>
  reason === null ? 'Refused' : `Refused: ${words(reason)}`;
