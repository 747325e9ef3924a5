import type { AuditEvent } from '@slipway/sdk/people';

/** What happened, after the name of whoever did it. */
const DEEDS: Record<string, string> = {
  signed_up: 'signed up',
  api_key_created: 'made an API key',
  api_key_revoked: 'revoked an API key',
  project_created: 'created the project',
  project_updated: 'changed the project’s settings',
  upload_begun: 'began an upload',
  uploaded: 'uploaded the file',
  upload_rejected: 'sent a file that was rejected',
  upload_cancelled: 'cancelled an upload',
  upload_expired: 'left an upload unfinished',
  renamed: 'renamed the file',
  published_to_all: 'made the file public',
  made_private: 'made the file private',
  expiry_set: 'changed until when it can be seen',
  rotated: 'had its links renewed',
  imported: 'imported the file',
  import_failed: 'could not import a file',
  accessed: 'got a link to the file',
  deleted: 'deleted the file',
  reconciled: 'set the records right',
  personal_data_erased: 'erased personal data',
  audit_exported: 'exported the activity',
  anomaly_detected: 'noticed something unusual',
};

/** Also for what a newer server records. */
export const describeDeed = ({ action }: Pick<AuditEvent, 'action'>): string =>
  DEEDS[action] ?? action.replaceAll('_', ' ');

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
