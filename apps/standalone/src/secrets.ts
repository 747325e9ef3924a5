import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartError } from './start-error';

const secret = (): string => randomBytes(30).toString('base64url');
const accessKeyId = (): string => `SLIPWAY${randomBytes(6).toString('hex').toUpperCase()}`;

const GENERATORS = {
  jwtSecret: secret,
  /** Of the role as which API and worker reach the embedded database. */
  databasePassword: secret,
  storageAccessKeyId: accessKeyId,
  storageSecretAccessKey: secret,
  /** Of the key that signs what clients may write, and can do nothing else. */
  uploadAccessKeyId: accessKeyId,
  uploadSecretAccessKey: secret,
  /** What the embedded storage shows when it says that an object has arrived. */
  storageEventsSecret: secret,
} as const;

type Name = keyof typeof GENERATORS;
const NAMES = Object.keys(GENERATORS) as Name[];

/** Generated once and kept in the data folder, readable by its owner only. */
export type Secrets = Record<Name, string>;

/** As whom API and worker reach the embedded database. */
export const productRole = ({ databasePassword }: Secrets) => ({
  role: 'slipway_app',
  password: databasePassword,
});

const generate = (): Secrets =>
  Object.fromEntries(NAMES.map((name) => [name, GENERATORS[name]()])) as Secrets;

/** Null for what this product has not written. */
function parse(text: string): Partial<Secrets> | null {
  try {
    const found = JSON.parse(text) as Partial<Secrets> | null;
    const known = NAMES.filter((name) => found?.[name] !== undefined);
    const sound = known.length > 0 && known.every((name) => typeof found?.[name] === 'string');
    return sound ? found : null;
  } catch {
    return null;
  }
}

async function readSecrets(file: string): Promise<Partial<Secrets>> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return {};
  const secrets = parse(text);
  if (secrets) return secrets;
  throw new StartError(`${file} is damaged. Delete it: new secrets are made, and everybody signs in again.`);
}

/** Those of a folder that an older version made are completed. */
export async function loadSecrets(folder: string): Promise<Secrets> {
  const file = join(folder, 'secrets.json');
  const found = await readSecrets(file);
  const secrets = { ...generate(), ...found };
  if (NAMES.every((name) => found[name] !== undefined)) return secrets;
  // Whole or not at all: half a file would be taken for damage at the next start.
  await writeFile(`${file}.new`, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  await rename(`${file}.new`, file);
  return secrets;
}
