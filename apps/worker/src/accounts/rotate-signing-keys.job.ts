import type { KeySeal } from '@slipway/core/accounts/signing-keys/key-seal';
import { rotateSigningKeys } from '@slipway/core/accounts/signing-keys/rotate-signing-keys';
import type { Deps } from '@slipway/core/shared/deps';
import type { JobHandlers } from '@slipway/platform/jobs/job-handlers';

/** Does nothing where one secret signs, which is what `keySeal: null` means. */
export const rotateSigningKeysJob =
  ({
    keySeal,
    ...deps
  }: Pick<Deps, 'db' | 'clock'> & { keySeal: KeySeal | null }): JobHandlers['rotate-signing-keys'] =>
  async (_payload, { log }) => {
    if (keySeal !== null)
      log.info({ rotation: await rotateSigningKeys(keySeal, deps) }, 'signing keys looked after');
  };
