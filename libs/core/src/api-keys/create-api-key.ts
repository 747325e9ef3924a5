import { inTransaction } from '@slipway/platform/db/database';
import type { EntityManager } from 'typeorm';
import { recordAuditEvent } from '../audit/record-audit-event';
import { requireProject } from '../projects/require-project';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import { newId } from '../shared/ids';
import { accountOf, type Principal } from '../shared/principal';
import type { Scope } from '../shared/scope';
import { ApiKey } from './api-key.entity';
import { hashKey, newKeyText, prefixOf } from './key-text';

export const MAX_KEYS = 50;

export interface NewApiKey {
  name: string;
  /** At least one. */
  scopes: readonly Scope[];
  /** The only project it opens; null: all of the account, those of later too. */
  projectId: string | null;
  /** Null: it lives until it is revoked. */
  expiresAt: Date | null;
}

export interface CreatedApiKey {
  apiKey: ApiKey;
  /** The key itself, which is known now and never again. */
  text: string;
}

/**
 * Fails with `forbidden` for a caller that is a key itself, a scope that the account does not have, and an account with
 * 50 keys alive; with `not_found` for a project the caller may not enter; with `invalid_request` for an end that is past.
 */
export async function createApiKey(
  principal: Principal,
  input: NewApiKey,
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<CreatedApiKey> {
  const at = deps.clock.now();
  assertMayGive(principal, input, at);
  if (input.projectId !== null) await assertMember(principal, input.projectId, deps);
  const text = newKeyText();
  const apiKey = toApiKey(accountOf(principal), input, { text, at });
  await inTransaction(deps.db, async (tx) => {
    await assertRoom(tx, apiKey.userId, at);
    await tx.insert(ApiKey, apiKey);
    await recordAuditEvent(tx, principal, {
      action: 'api_key_created',
      at,
      ...(apiKey.projectId !== null && { projectId: apiKey.projectId }),
      details: {
        key_id: apiKey.id,
        scopes: apiKey.scopes.join(' '),
        expires_at: apiKey.expiresAt?.toISOString() ?? null,
      },
      personal: { name: apiKey.name },
    });
  });
  return { apiKey, text };
}

function assertMayGive({ account, key }: Principal, { scopes, expiresAt }: NewApiKey, now: Date): void {
  if (key !== null) throw new DomainError('forbidden', 'An API key makes no others.');
  if (scopes.includes('admin') && account?.role !== 'admin') {
    throw new DomainError('forbidden', 'Only an administrator gives the scope admin.');
  }
  if (expiresAt !== null && expiresAt <= now) {
    throw new DomainError('invalid_request', 'This API key would have ended already.', {
      errors: [{ field: 'expires_at', message: 'must be in the future' }],
    });
  }
}

/** A key carries the roles of its account, and none that a token claims. */
async function assertMember(principal: Principal, projectId: string, deps: Pick<Deps, 'db'>): Promise<void> {
  const { facts } = await requireProject(principal, { projectId, right: 'project.read' }, deps);
  if (facts.memberRole !== null) return;
  throw new DomainError('forbidden', 'Your role there comes with your token, which an API key has not.');
}

const toApiKey = (
  userId: string,
  { name, scopes, projectId, expiresAt }: NewApiKey,
  { text, at }: { text: string; at: Date },
): ApiKey => ({
  id: newId('KEY'),
  userId,
  projectId,
  name,
  prefix: prefixOf(text),
  keyHash: hashKey(text),
  scopes: [...new Set(scopes)],
  createdAt: at,
  expiresAt,
  lastUsedAt: null,
  revokedAt: null,
});

/** Holds the account until the commit, so that two calls at once do not both take the last place. */
async function assertRoom(tx: EntityManager, userId: string, now: Date): Promise<void> {
  await tx.query('select from users where id = $1 for no key update', [userId]);
  const alive = await tx
    .createQueryBuilder(ApiKey, 'k')
    .where('k.userId = :userId and k.revokedAt is null', { userId })
    .andWhere('(k.expiresAt is null or k.expiresAt > :now)', { now })
    .getCount();
  if (alive >= MAX_KEYS) {
    throw new DomainError('forbidden', `An account has at most ${MAX_KEYS} API keys; revoke one first.`);
  }
}
