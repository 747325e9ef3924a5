import { ApiKey } from '@slipway/core/api-keys/api-key.entity';
import { hashKey, newKeyText, prefixOf } from '@slipway/core/api-keys/key-text';
import { newId } from '@slipway/core/shared/ids';
import { accountOf, type Principal } from '@slipway/core/shared/principal';
import type { Scope } from '@slipway/core/shared/scope';
import type { CoreWorld } from '../../support/core-world';

const DAY_MS = 24 * 60 * 60 * 1000;

interface KeyOptions {
  scopes?: readonly Scope[];
  projectId?: string | null;
  state?: 'expired' | 'revoked';
}

/** Past the use case, which gives nobody a scope that they do not have themselves, nor a key that is over. */
export async function newApiKey(
  principal: Principal,
  { deps }: CoreWorld,
  { scopes = ['assets:read'], projectId = null, state }: KeyOptions = {},
): Promise<{ id: string; text: string }> {
  const text = newKeyText();
  const id = newId('KEY');
  const at = deps.clock.now();
  await deps.db.manager.insert(ApiKey, {
    id,
    userId: accountOf(principal),
    projectId,
    name: 'Of the matrix',
    prefix: prefixOf(text),
    keyHash: hashKey(text),
    scopes: [...scopes],
    createdAt: at,
    expiresAt: state === 'expired' ? new Date(at.getTime() - DAY_MS) : null,
    revokedAt: state === 'revoked' ? at : null,
  });
  return { id, text };
}
