import type { Config } from '@slipway/platform/config/config';
import { withConnection } from '@slipway/platform/db/connect';
import { sqlState } from '@slipway/platform/db/database-errors';
import { saveProfile } from '@slipway/platform/object-store/saved-profile';
import type { Finding } from '@slipway/platform/object-store/storage-check/ask-probes';
import { profileOfFindings } from '@slipway/platform/object-store/storage-check/find-profile';

export interface KeptProfile {
  saved: boolean;
  /** For people: that it is saved, or why not. */
  note: string;
}

const UNDEFINED_TABLE = '42P01';

const notSaved = (reason: string): KeptProfile => ({ saved: false, note: `Not saved: ${reason}` });

function reasonOf(error: unknown): string {
  if (sqlState(error) === UNDEFINED_TABLE) return 'the database is not migrated; run npm run migrate first.';
  return error instanceof Error ? error.message : String(error);
}

/** Saves what the API and the worker do differently because of the answers. A database that is away is only told. */
export async function keepProfile(
  { storage, database: { url } }: Config,
  findings: readonly Finding[],
): Promise<KeptProfile> {
  if (storage === null) return notSaved('npm start asks the embedded storage by itself.');
  if (url === null) return notSaved('DATABASE_URL is not set; the API asks the storage by itself.');
  const profile = profileOfFindings(findings);
  if (!profile) return notSaved('the storage left open how it checks parts.');
  try {
    await withConnection(url, (client) => saveProfile(client, storage, { profile, checkedAt: new Date() }));
  } catch (error) {
    return notSaved(reasonOf(error));
  }
  const { partChecksum } = profile;
  const parts = partChecksum === 'none' ? 'reading them back' : `their ${partChecksum.toUpperCase()}`;
  return { saved: true, note: `Saved for API and worker: parts of large files are held to ${parts}.` };
}
