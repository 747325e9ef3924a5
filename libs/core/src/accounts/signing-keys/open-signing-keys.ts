import type { Config } from '@slipway/platform/config/config';
import type { Deps } from '../../shared/deps';
import { KeySeal } from './key-seal';
import { RotatingKeys } from './rotating-keys';
import { secretKeys } from './secret-keys';
import type { SigningKeys } from './signing-keys';

type KeysConfig = Pick<Config, 'accounts' | 'jwtSecret'>;

/** Null where one secret signs. Throws where keys rotate and the secret that seals them is not known. */
export function keySealOf({ accounts, jwtSecret }: KeysConfig): KeySeal | null {
  if (accounts.signingKeys !== 'rotating') return null;
  if (jwtSecret === null) throw new Error('SIGNING_KEYS=rotating needs JWT_SECRET, in workers too');
  return new KeySeal(jwtSecret, accounts.previousJwtSecret);
}

/** What signs the access tokens of this installation. */
export function openSigningKeys(config: KeysConfig, deps: Pick<Deps, 'db' | 'clock'>): SigningKeys {
  const { accounts, jwtSecret } = config;
  if (jwtSecret === null) throw new Error('the JWT secret must be configured');
  const seal = keySealOf(config);
  return seal ? new RotatingKeys(seal, deps) : secretKeys(jwtSecret, accounts.previousJwtSecret);
}
