/** Every job by its name, with its payload: names for effects, values small enough to read in a log. */
export interface JobRegistry {
  'expire-upload': { upload_id: string };
  'finish-upload': { upload_id: string };
  'discard-object': { key: string };
  'abort-multipart': { key: string; storage_upload_id: string };
  'generate-rendition': { rendition_id: string };
  'hash-asset': { asset_id: string };
  'purge-asset-objects': { asset_id: string };
  'mail-password-reset': { email: string };
  'mail-email-verification': { user_id: string };
  'mail-address-taken': { user_id: string };
  'mail-password-changed': { user_id: string };
  'mail-invitation': { invitation_id: string };
  'rotate-asset': { asset_id: string };
  'import-file': { import_id: string };
  'publish-gallery': { slug: string };
  'publish-galleries': Record<string, never>;
  'make-export': { export_id: string };
  'remove-export': { export_id: string };
  'erase-account': { user_id: string };
  reconcile: Record<string, never>;
  'prove-ledger': Record<string, never>;
  'forget-idempotency-keys': Record<string, never>;
  'forget-sign-ins': Record<string, never>;
  'rotate-signing-keys': Record<string, never>;
  'seal-audit': Record<string, never>;
  'watch-audit': Record<string, never>;
}

export type JobName = keyof JobRegistry;

/** Kept beside the registry so that the worker can refuse to start when a handler is missing. */
export const JOB_NAMES = [
  'expire-upload',
  'finish-upload',
  'discard-object',
  'abort-multipart',
  'generate-rendition',
  'hash-asset',
  'purge-asset-objects',
  'mail-password-reset',
  'mail-email-verification',
  'mail-address-taken',
  'mail-password-changed',
  'mail-invitation',
  'rotate-asset',
  'import-file',
  'publish-gallery',
  'publish-galleries',
  'make-export',
  'remove-export',
  'erase-account',
  'reconcile',
  'prove-ledger',
  'forget-idempotency-keys',
  'forget-sign-ins',
  'rotate-signing-keys',
  'seal-audit',
  'watch-audit',
] as const satisfies readonly JobName[];
