/** Every job by its name, with its payload: names for effects, values small enough to read in a log. */
export interface JobRegistry {
  'expire-upload': { upload_id: string };
  'finish-upload': { upload_id: string };
  'discard-object': { key: string };
  'abort-multipart': { key: string; storage_upload_id: string };
  'generate-rendition': { rendition_id: string };
  'hash-asset': { asset_id: string };
  'purge-asset-objects': { asset_id: string };
  reconcile: Record<string, never>;
  'prove-ledger': Record<string, never>;
  'forget-idempotency-keys': Record<string, never>;
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
  'reconcile',
  'prove-ledger',
  'forget-idempotency-keys',
  'seal-audit',
  'watch-audit',
] as const satisfies readonly JobName[];
