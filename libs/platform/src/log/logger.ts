import { destination, pino, type DestinationStream, type Logger } from 'pino';
import type { LogLevel } from '../config/product-config';
import { readableLine } from './readable-line';
import { redact } from './redact';
import { currentRequestId } from './request-context';

export interface LoggerOptions {
  level: LogLevel;
  /** Which part speaks: `api`, `worker`. */
  name: string;
  /** Unset: standard output, lines of JSON, or readable ones where that is a terminal. */
  stream?: DestinationStream;
}

const terminal: DestinationStream = {
  write: (line) => void process.stdout.write(readableLine(line)),
};

const standardOutput = (): DestinationStream =>
  // Written at once: the last line before an exit is the one that is needed.
  process.stdout.isTTY ? terminal : destination({ dest: 1, sync: true });

/** Lines carry the id of the request they belong to, and no tokens, cookies, passwords or signed URLs. */
export function createLogger({ level, name, stream = standardOutput() }: LoggerOptions): Logger {
  return pino(
    {
      level,
      name,
      base: { pid: process.pid },
      mixin: () => {
        const requestId = currentRequestId();
        return requestId === undefined ? {} : { requestId };
      },
      hooks: { streamWrite: redact },
    },
    stream,
  );
}
