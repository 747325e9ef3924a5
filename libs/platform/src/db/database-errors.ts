import { types } from 'node:util';

export const UNIQUE_VIOLATION = '23505';

/** SQLSTATE of a failed query, e.g. `23505`. https://www.postgresql.org/docs/current/errcodes-appendix.html */
export function sqlState(error: unknown): string | undefined {
  const code = codeOf((error as { driverError?: unknown } | null)?.driverError) ?? codeOf(error);
  return code !== undefined && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

/** The name of the constraint that a statement would have broken. */
export function violatedConstraint(error: unknown): string | undefined {
  const driverError = (error as { driverError?: { constraint?: unknown } } | null)?.driverError;
  return typeof driverError?.constraint === 'string' ? driverError.constraint : undefined;
}

function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : undefined;
}

/**
 * Class 08 connection exceptions, 53 insufficient resources, 57P shutdown and start-up, 57014 statement timeout,
 * 25P03 idle transaction timeout.
 */
const AWAY = /^(08...|53...|57P..|57014|25P03)$/;
const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
]);
/** The pool and the driver tell these two without a code. */
const LOST =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/i;

/** By its tag: `instanceof` fails for an error of another realm, as Node's own are to a test. */
const isError = (error: unknown): error is Error => types.isNativeError(error);

/** True when the database did not answer, so that the same call may succeed later. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!isError(error)) return false;
  const state = sqlState(error);
  if (state !== undefined && AWAY.test(state)) return true;
  const isQuery = 'driverError' in error || 'routine' in error;
  const code = codeOf((error as { driverError?: unknown }).driverError) ?? codeOf(error);
  const fromNetwork = code !== undefined && NETWORK.has(code) && (isQuery || 'syscall' in error);
  return fromNetwork || LOST.test(error.message);
}
