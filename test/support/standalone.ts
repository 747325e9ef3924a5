import { freePort } from '@slipway/platform/db/embedded/free-port';
import { startProcess, type ProcessOptions, type TestProcess } from './processes';

/** A type, not an interface: it must pass for an environment. */
export type StandalonePorts = {
  PORT: string;
  STORAGE_PORT: string;
  POSTGRES_PORT: string;
};

export async function freePorts(): Promise<StandalonePorts> {
  const [http, storage, postgres] = await Promise.all([freePort(), freePort(), freePort()]);
  return { PORT: String(http), STORAGE_PORT: String(storage), POSTGRES_PORT: String(postgres) };
}

/** `npm start` without the build: the compiled product as one process, with its data in `dataDir`. */
export function startStandalone(
  dataDir: string,
  env: NodeJS.ProcessEnv,
  options: Omit<ProcessOptions, 'env'> = {},
): TestProcess {
  const variables = { SLIPWAY_DATA_DIR: dataDir, ...env };
  return startProcess('apps/standalone/src/main.js', { ...options, env: variables });
}
