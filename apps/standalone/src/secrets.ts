import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartError } from './start-error';

/** Generated once and kept in the data folder, readable by its owner only. */
export interface Secrets {
  jwtSecret: string;
  storageAccessKeyId: string;
  storageSecretAccessKey: string;
}

const FIELDS = ['jwtSecret', 'storageAccessKeyId', 'storageSecretAccessKey'] as const;

const generate = (): Secrets => ({
  jwtSecret: randomBytes(32).toString('base64url'),
  storageAccessKeyId: `SLIPWAY${randomBytes(6).toString('hex').toUpperCase()}`,
  storageSecretAccessKey: randomBytes(30).toString('base64url'),
});

function parse(text: string): Secrets | null {
  try {
    const found = JSON.parse(text) as Partial<Secrets> | null;
    return FIELDS.every((field) => typeof found?.[field] === 'string') ? (found as Secrets) : null;
  } catch {
    return null;
  }
}

export async function loadSecrets(folder: string): Promise<Secrets> {
  const file = join(folder, 'secrets.json');
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text !== null) {
    const secrets = parse(text);
    if (secrets) return secrets;
    throw new StartError(
      `${file} is damaged. Delete it: new secrets are made, and everybody signs in again.`,
    );
  }
  const secrets = generate();
  // Whole or not at all: half a file would be taken for damage at the next start.
  await writeFile(`${file}.new`, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  await rename(`${file}.new`, file);
  return secrets;
}
