import { availableParallelism } from 'node:os';
import { keySealOf } from '@slipway/core/accounts/signing-keys/open-signing-keys';
import { connect } from '@slipway/core/connect';
import type { Config } from '@slipway/platform/config/config';
import { startJobRunner } from '@slipway/platform/jobs/runner';
import { createLogger } from '@slipway/platform/log/logger';
import { createThumbnailer } from '@slipway/platform/media/thumbnailer';
import { jobHandlers } from './handlers';
import { SCHEDULE } from './schedule';

export interface RunningWorker {
  /** Resolves when the running jobs have finished or were given back. */
  close(): Promise<void>;
}

/** A decoder keeps one processor busy, and may take 800 MB. */
const DECODERS = Math.min(availableParallelism(), 4);

/** Jobs that only ask the database or the storage run beside the decoders. */
const CONCURRENCY = DECODERS + 4;

/** Connects and takes jobs. Throws what stands in the way. */
export async function startWorker(config: Config): Promise<RunningWorker> {
  const { url: databaseUrl } = config.database;
  if (databaseUrl === null) throw new Error('the database must be configured');
  const connection = await connect(config, 'slipway-worker');
  const thumbnailer = createThumbnailer({ concurrency: DECODERS });
  try {
    const runner = await startJobRunner({
      databaseUrl,
      handlers: jobHandlers({ ...connection.deps, thumbnailer }, keySealOf(config)),
      schedule: SCHEDULE,
      concurrency: CONCURRENCY,
      logger: createLogger({ level: config.logLevel, name: 'worker' }),
    });
    return {
      async close() {
        await runner.stop();
        await connection.close();
      },
    };
  } catch (error) {
    await connection.close();
    throw error;
  }
}
