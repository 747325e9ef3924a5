import { FolderInUseError } from '@slipway/object-server/store/lock-folder';
import { ConfigError, type Config } from '@slipway/platform/config/config';
import { DatabaseUnreachableError } from '@slipway/platform/db/connect';
import { EmbeddedPostgresError } from '@slipway/platform/db/embedded/embedded-postgres-error';
import { StartError } from './start-error';

const SPEAKS_FOR_ITSELF = [ConfigError, DatabaseUnreachableError, EmbeddedPostgresError, StartError];

interface SystemError extends NodeJS.ErrnoException {
  address?: string;
  port?: number;
}

function explainListening({ code, address, port }: SystemError, config: Config): string {
  const variable = port === config.storagePort ? 'STORAGE_PORT' : 'PORT';
  if (code === 'EADDRINUSE') {
    return `Port ${port} on ${address} is taken by another program. Stop that program, or set ${variable} to a free port.`;
  }
  if (code === 'EACCES') {
    return `This user may not listen on port ${port}. Set ${variable} to one above 1023.`;
  }
  return `It is not possible to listen on ${address ?? config.http.host} (${code}). Check HOST.`;
}

/**
 * What stopped the start, in one line that says what to do; for what nobody foresaw, the whole stack, since then it is
 * this program that needs a look.
 */
export function explain(error: unknown, config: Config | null): string {
  if (!(error instanceof Error)) return String(error);
  if (SPEAKS_FOR_ITSELF.some((kind) => error instanceof kind)) return error.message;
  if (error instanceof FolderInUseError) {
    return `Another Slipway runs on the folder ${error.folder}. Stop it, or set SLIPWAY_DATA_DIR to another folder.`;
  }
  const { syscall, code, path } = error as SystemError;
  if (config && (syscall === 'listen' || syscall === 'getaddrinfo')) return explainListening(error, config);
  if (code && path) {
    return `${path} cannot be used (${code}). Let this user write there, or set SLIPWAY_DATA_DIR to another folder.`;
  }
  return error.stack ?? error.message;
}
