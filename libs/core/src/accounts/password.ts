import { hash, verify } from '@node-rs/argon2';

/**
 * argon2id with the parameters OWASP names first: 19 MiB, two passes, one lane.
 * https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
 */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** PHC string of the argon2id hash. */
export const hashPassword = (password: string): Promise<string> => hash(password, PARAMETERS);

let decoy: Promise<string> | undefined;

/** Takes as long for an account that does not exist, so that the time does not tell which emails do. */
export async function passwordMatches(stored: string | null, password: string): Promise<boolean> {
  if (stored !== null) return verify(stored, password);
  decoy ??= hashPassword('an account that does not exist');
  await verify(await decoy, password);
  return false;
}
