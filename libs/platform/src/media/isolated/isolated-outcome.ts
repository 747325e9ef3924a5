import type { IsolationLimits } from './isolation-limits';

/**
 * - `timeout`, `cpu`, `memory`: a limit was reached.
 * - `crash`: the process ended without an answer, or could not be started.
 * - `input`: the file itself is at fault; trying again changes nothing.
 */
export type IsolatedFailureReason = 'timeout' | 'cpu' | 'memory' | 'crash' | 'input';

export interface IsolatedFailure {
  ok: false;
  reason: IsolatedFailureReason;
  /** One sentence for the person who uploaded the file. */
  message: string;
  /** True when another attempt would end the same way. */
  permanent: boolean;
  /** For the log: how the process ended. */
  detail?: string;
}

export type IsolatedOutcome<Result> = { ok: true; result: Result } | IsolatedFailure;

/** What the child process answers over its IPC channel, once. */
export type ChildAnswer<Result> = { ok: true; result: Result } | { ok: false; message: string };

/** How a child process ended, as its parent saw it. */
export interface ChildEnd<Result> {
  /** The limit for which the parent killed it. */
  killedFor?: 'timeout' | 'memory';
  spawnError?: Error;
  answer?: ChildAnswer<Result>;
  code: number | null;
  signal: NodeJS.Signals | null;
  /** The beginning of what it wrote to stderr. */
  stderr: string;
}

const OUT_OF_MEMORY = /out of memory|bad_alloc|cannot allocate memory|allocation failed/i;

/** A limit of this run and this machine, so never the fault of the file alone. */
export const saysOutOfMemory = (text: string): boolean => OUT_OF_MEMORY.test(text);

/** Tells why a child process ended from what the parent saw. */
export function outcomeOf<Result>(end: ChildEnd<Result>, limits: IsolationLimits): IsolatedOutcome<Result> {
  // A limit reached outweighs an answer: it may have been sent by a process that was already out of bounds.
  if (end.killedFor) return failure(end.killedFor, limits, end);
  if (end.answer?.ok) return end.answer;
  if (end.answer) return { ok: false, reason: 'input', message: end.answer.message, permanent: true };
  if (end.signal === 'SIGXCPU') return failure('cpu', limits, end);
  // Nobody here sent this SIGKILL: it is the kernel's, out of memory, which takes decoders first.
  if (end.signal === 'SIGKILL' || saysOutOfMemory(end.stderr)) return failure('memory', limits, end);
  return failure('crash', limits, end);
}

const MESSAGES: Record<Exclude<IsolatedFailureReason, 'input'>, (limits: IsolationLimits) => string> = {
  timeout: ({ timeoutMs }) => `The file takes longer than ${timeoutMs / 1000} s to decode.`,
  cpu: ({ cpuSeconds }) => `The file takes more than ${cpuSeconds} s of processor time to decode.`,
  memory: ({ memoryBytes }) =>
    `The file takes more than ${Math.round(memoryBytes / 1e6)} MB of memory to decode.`,
  crash: () => 'The decoder crashed on this file.',
};

function failure(
  reason: Exclude<IsolatedFailureReason, 'input'>,
  limits: IsolationLimits,
  { spawnError, code, signal, stderr }: ChildEnd<unknown>,
): IsolatedFailure {
  const detail = spawnError?.message ?? `exit ${code ?? signal}: ${stderr.trim()}`;
  return { ok: false, reason, message: MESSAGES[reason](limits), permanent: false, detail };
}
