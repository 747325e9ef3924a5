import { destination, pino, type DestinationStream, type Logger } from 'pino';
import type { LogLevel } from '../config/product-config';
import { readableLine } from './readable-line';
import { redact } from './redact';

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

/** Lines carry no tokens, cookies, passwords or signed URLs. */
export function createLogger({ level, name, stream = standardOutput() }: LoggerOptions): Logger {
  return pino(
    {
      level,
      name,
      base: { pid: process.pid },
      hooks: { streamWrite: redact },
    },
    stream,
  );
}
