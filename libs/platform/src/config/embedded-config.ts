import { resolve } from 'node:path';
import type { Environment } from './environment';
import { plainText, port, postgresUrl } from './formats';

export interface EmbeddedConfig {
  /** Absolute. */
  dataDir: string;
  postgresPort: number;
  storagePort: number;
}

export const embeddedVariables = {
  databaseUrl: {
    name: 'DATABASE_URL',
    format: postgresUrl,
    unset: 'the embedded database',
    secret: true,
    doc: 'PostgreSQL 15 or newer.',
  },
  databaseOwnerUrl: {
    name: 'DATABASE_OWNER_URL',
    format: postgresUrl,
    unset: '`DATABASE_URL` owns the tables',
    secret: true,
    doc: 'The same database as the role that owns the tables and runs migrations; the role of `DATABASE_URL` then can add to the audit trail and no more.',
  },
  dataDir: {
    name: 'SLIPWAY_DATA_DIR',
    format: plainText,
    default: '.slipway',
    doc: 'Folder of the embedded database, the embedded storage and the generated secrets.',
  },
  storagePort: {
    name: 'STORAGE_PORT',
    format: port,
    unset: '`PORT` + 1',
    doc: 'Where the embedded storage listens, on 127.0.0.1 only.',
  },
  postgresPort: {
    name: 'POSTGRES_PORT',
    format: port,
    unset: '`PORT` + 2',
    doc: 'Where the embedded database listens, on 127.0.0.1 only.',
  },
};

const HIGHEST_PORT = 65_535;

export function readEmbedded(environment: Environment, httpPort: number): EmbeddedConfig {
  const storagePort = environment.optional(embeddedVariables.storagePort) ?? httpPort + 1;
  const postgresPort = environment.optional(embeddedVariables.postgresPort) ?? httpPort + 2;
  if (Math.max(storagePort, postgresPort) > HIGHEST_PORT) {
    environment.fault(
      { name: 'PORT' },
      `leaves no port above it for the embedded parts; set it lower, or set STORAGE_PORT and POSTGRES_PORT`,
    );
  } else if (new Set([httpPort, storagePort, postgresPort]).size < 3) {
    environment.fault(
      { name: 'PORT, STORAGE_PORT, POSTGRES_PORT' },
      `two of ${httpPort}, ${storagePort} and ${postgresPort} are the same; give each its own`,
    );
  }
  const dataDir = resolve(environment.withDefault(embeddedVariables.dataDir));
  return { dataDir, postgresPort, storagePort };
}
