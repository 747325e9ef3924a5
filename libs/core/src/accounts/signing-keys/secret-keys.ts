import { createHmac, createSecretKey } from 'node:crypto';
import type { SigningKey, SigningKeys } from './signing-keys';

const ID_LENGTH = 11;

/** Short, and tells of the secret no more than a token does. */
const idOf = (secret: string): string =>
  createHmac('sha256', secret).update('slipway key id').digest('base64url').slice(0, ID_LENGTH);

function keyOf(secret: string): SigningKey {
  const key = createSecretKey(secret, 'utf8');
  return { id: idOf(secret), algorithm: 'HS256', verifies: key, signs: key };
}

/** HS256 with one secret, that every API process has; the one before it goes on verifying. */
export function secretKeys(secret: string, previous: string | null): SigningKeys {
  const current = keyOf(secret);
  const all = [current, ...(previous === null ? [] : [keyOf(previous)])];
  return {
    current: async () => current,
    find: async (id) => all.find((key) => key.id === id) ?? null,
    published: async () => [],
  };
}
