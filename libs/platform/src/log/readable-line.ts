const LEVELS: Record<number, string> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'WARN',
  50: 'ERROR',
  60: 'FATAL',
};

interface Entry {
  level: number;
  time: number;
  name?: string;
  msg?: string;
  err?: { stack?: string; message?: string };
  [field: string]: unknown;
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** One of pino's lines of JSON for the eyes of somebody at a terminal; an error's stack follows on lines of its own. */
export function readableLine(json: string): string {
  const {
    level,
    time,
    name,
    msg,
    err,
    pid: _pid,
    hostname: _hostname,
    ...fields
  } = JSON.parse(json) as Entry;
  const clock = new Date(time).toTimeString().slice(0, 8);
  const details = Object.entries(fields).map(([field, value]) => `${field}=${shown(value)}`);
  const head = [clock, (LEVELS[level] ?? String(level)).padEnd(5), name, msg ?? err?.message, ...details];
  const line = head.filter((part) => part !== undefined && part !== '').join(' ');
  return err?.stack === undefined ? `${line}\n` : `${line}\n${err.stack}\n`;
}
