import { runPrepared } from '@slipway/platform/db/prepared';
import { ACCOUNT_COLUMNS, type AccountRow, ACTIVE_ACCOUNT, toAccount } from '../accounts/read-account';
import type { Deps } from '../shared/deps';
import type { ApiKeyFacts } from '../shared/principal';
import type { Scope } from '../shared/scope';
import { hashKey, isKeyText } from './key-text';

const FIND = {
  name: 'alive-api-key',
  text: `
    select api_keys.id as key_id, api_keys.scopes, api_keys.project_id, api_keys.last_used_at, ${ACCOUNT_COLUMNS}
      from api_keys
      join users on users.id = api_keys.user_id
      join tiers on tiers.name = users.tier
     where api_keys.key_hash = $1 and api_keys.revoked_at is null
       and (api_keys.expires_at is null or api_keys.expires_at > $2) and ${ACTIVE_ACCOUNT}`,
};

interface KeyRow extends AccountRow {
  key_id: string;
  scopes: Scope[];
  project_id: string | null;
  last_used_at: Date | null;
}

/** A key as it is at the time of the call. */
export interface ReadApiKey {
  facts: ApiKeyFacts;
  lastUsedAt: Date | null;
}

/** Null for a key that is misspelt, unknown, revoked or over, and for one whose account is gone or suspended. */
export async function readApiKey(
  text: string,
  deps: Pick<Deps, 'db' | 'clock' | 'settings'>,
): Promise<ReadApiKey | null> {
  if (!isKeyText(text)) return null;
  const [row] = await runPrepared<KeyRow>(deps.db, FIND, [hashKey(text), deps.clock.now()]);
  if (!row) return null;
  const { key_id: id, scopes, project_id: projectId, last_used_at: lastUsedAt } = row;
  return { facts: { id, scopes, projectId, account: toAccount(row, deps) }, lastUsedAt };
}
