import { startObjectServer, type ObjectServerOptions } from './object-server';
import type { ServerLogger } from './server-logger';

/**
 * Runs the server by itself: `OBJECT_SERVER_DIR`, `_ACCESS_KEY_ID` and `_SECRET_ACCESS_KEY` are needed, `_HOST`
 * (127.0.0.1), `_PORT` (any free one) and `_REGION` (us-east-1) have defaults. `_BODY_BYTES_PER_SECOND` makes it as slow
 * as a line, `_EVENTS_URL` and `_EVENTS_TOKEN` name who is told of new objects. Prints `{"url":…}` when it is ready.
 */
async function main(): Promise<void> {
  const server = await startObjectServer({
    dataDir: requireVariable('OBJECT_SERVER_DIR'),
    host: process.env.OBJECT_SERVER_HOST ?? '127.0.0.1',
    port: Number(process.env.OBJECT_SERVER_PORT ?? 0),
    region: process.env.OBJECT_SERVER_REGION ?? 'us-east-1',
    credentials: [
      {
        accessKeyId: requireVariable('OBJECT_SERVER_ACCESS_KEY_ID'),
        secretAccessKey: requireVariable('OBJECT_SERVER_SECRET_ACCESS_KEY'),
      },
    ],
    ...readEvents(),
    bodyBytesPerSecond: Number(process.env.OBJECT_SERVER_BODY_BYTES_PER_SECOND ?? 0),
    logger: stderrLogger,
  });
  process.stdout.write(`${JSON.stringify({ url: server.url })}\n`);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      server.close().then(() => process.exit(0), fail);
    });
  }
}

function readEvents(): Pick<ObjectServerOptions, 'events'> {
  const url = process.env.OBJECT_SERVER_EVENTS_URL;
  return url ? { events: { url, token: requireVariable('OBJECT_SERVER_EVENTS_TOKEN') } } : {};
}

function requireVariable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

const writeLine =
  (level: string) =>
  (details: object, message: string): void => {
    const error = 'err' in details && details.err instanceof Error ? details.err.stack : undefined;
    process.stderr.write(`${JSON.stringify({ level, message, ...details, ...(error && { err: error }) })}\n`);
  };

const stderrLogger: ServerLogger = { warn: writeLine('warn'), error: writeLine('error') };

function fail(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

main().catch(fail);
