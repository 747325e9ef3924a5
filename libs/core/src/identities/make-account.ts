import { randomBytes } from 'node:crypto';
import { inTransaction } from '@slipway/platform/db/database';
import type { EntityManager } from 'typeorm';
import { accountOfUser } from '../accounts/account-of-user';
import { User } from '../accounts/user.entity';
import { recordAuditEvent } from '../audit/record-audit-event';
import type { Deps } from '../shared/deps';
import { newId } from '../shared/ids';
import { type Origin, userPrincipal } from '../shared/principal';
import { Identity } from './identity.entity';
import type { OutsideIdentity } from './outside-identity';

/** Nothing is ever delivered there. RFC 6761 §6.4 */
const PLACEHOLDER_DOMAIN = 'outside.invalid';

// Held until the commit: of two first calls at once the second finds what the first has made.
const LOCK = 'select pg_advisory_xact_lock(hashtextextended($1, 0))';

/** The account of somebody who is seen for the first time; does nothing where another call was first. */
export async function makeAccount(
  origin: Origin,
  identity: OutsideIdentity,
  deps: Pick<Deps, 'db' | 'clock' | 'settings'>,
): Promise<void> {
  const { issuer, subject } = identity;
  await inTransaction(deps.db, async (tx) => {
    await tx.query(LOCK, [`${issuer} ${subject}`]);
    if (await tx.existsBy(Identity, { issuer, subject })) return;
    const user = newUser(identity, deps.clock.now());
    await insertUser(tx, user);
    await tx.query('insert into usage (user_id) values ($1)', [user.id]);
    await tx.insert(Identity, { issuer, subject, userId: user.id, createdAt: user.createdAt });
    await recordAuditEvent(tx, userPrincipal(accountOfUser(user, deps), origin), {
      action: 'signed_up',
      at: user.createdAt,
      details: { issuer },
    });
  });
}

/** Made for one account, so that what is shared to it is shared to that one. */
const placeholder = (): string => `${randomBytes(16).toString('hex')}@${PLACEHOLDER_DOMAIN}`;

function newUser({ name, email }: OutsideIdentity, at: Date): User {
  const address = email ?? placeholder();
  return {
    id: newId('USR'),
    email: address,
    name: name ?? email ?? 'Somebody',
    passwordHash: null,
    // The issuer has proven it, or it was made here.
    emailVerifiedAt: at,
    suspendedAt: null,
    erasedAt: null,
    tokensValidFrom: null,
    maxBytes: null,
    role: 'user',
    tier: 'free',
    createdAt: at,
  };
}

/**
 * An address that is an account's already stays that account's: whoever could have an issuer say it would take the
 * account over. Then this one has a placeholder.
 */
async function insertUser(tx: EntityManager, user: User): Promise<void> {
  if (await insertUnlessTaken(tx, user)) return;
  user.email = placeholder();
  await tx.insert(User, user);
}

async function insertUnlessTaken(tx: EntityManager, user: User): Promise<boolean> {
  const { raw } = await tx
    .createQueryBuilder()
    .insert()
    .into(User)
    .values(user)
    .orIgnore()
    .returning('id')
    .execute();
  return (raw as unknown[]).length === 1;
}
