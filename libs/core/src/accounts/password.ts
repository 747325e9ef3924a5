import { hash, parseOptions, verify } from '@node-rs/argon2';
import type { Deps } from '../shared/deps';
import { Slots } from './slots';

type Parameters = Deps['settings']['accounts']['passwords'];

/**
 * Half of the threads that Node.js has for such work, the rest of which reads files and resolves names. What waits holds
 * no more than its password.
 */
const hashing = new Slots({ atOnce: 2, waiting: 64 });

const optionsOf = ({ memoryKib, passes }: Parameters) => ({
  memoryCost: memoryKib,
  timeCost: passes,
  parallelism: 1,
});

/** The same text however a keyboard composes it (NIST SP 800-63B §5.1.1.2). */
const normalized = (password: string): string => password.normalize('NFKC');

/** PHC string of the argon2id hash. Fails with `rate_limited` when too many wait for theirs. */
export const hashPassword = (password: string, parameters: Parameters): Promise<string> =>
  hashing.run(() => hash(normalized(password), optionsOf(parameters)));

const decoys = new Map<string, Promise<string>>();

/** The hash of a password that nobody has, made once. */
function decoyFor(parameters: Parameters): Promise<string> {
  const name = JSON.stringify(optionsOf(parameters));
  const decoy = decoys.get(name) ?? hash('of an account without one', optionsOf(parameters));
  decoys.set(name, decoy);
  return decoy;
}

/**
 * Hashes once, whether there is an account, whether it has a password, and whether that is right: so that the time tells
 * none of it. Fails with `rate_limited` when too many wait for theirs.
 */
export async function passwordMatches(
  stored: string | null,
  password: string,
  parameters: Parameters,
): Promise<boolean> {
  const decoy = await decoyFor(parameters);
  const matches = await hashing.run(() => verify(stored ?? decoy, normalized(password)));
  return matches && stored !== null;
}

/** Whether a hash was made with other parameters than are asked for now. */
export function isOutdated(stored: string, { memoryKib, passes }: Parameters): boolean {
  const { memoryCost, timeCost, parallelism } = parseOptions(stored);
  return memoryCost !== memoryKib || timeCost !== passes || parallelism !== 1;
}
