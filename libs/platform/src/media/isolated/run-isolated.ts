import { type ChildProcess, spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { ChildAnswer, ChildEnd, IsolatedOutcome } from './isolated-outcome';
import { outcomeOf } from './isolated-outcome';
import { isolationCommand } from './isolation-command';
import type { IsolationLimits } from './isolation-limits';
import { watchMemory } from './memory-watch';

export interface IsolatedJob {
  /** Compiled module that serves one job, see serve-job.ts. */
  entry: string;
  /** Sent to the child by structured clone. */
  payload: unknown;
  limits: IsolationLimits;
  signal?: AbortSignal | undefined;
}

/** Nothing of the server's environment, which holds its secrets. */
const ENVIRONMENT = {
  PATH: '/usr/bin:/bin',
  UV_THREADPOOL_SIZE: '2',
  VIPS_CONCURRENCY: '1',
  /** Else glibc keeps an arena for each thread, and the memory limit is reached by air. */
  MALLOC_ARENA_MAX: '2',
};

/** When memory runs out, the kernel takes a decoder before the database. */
const OOM_SCORE = '800';
const STDERR_KEPT = 2_000;

/**
 * Runs one job in a process of its own that cannot outlive its limits: a decoder may hang, crash or eat memory without
 * harm to this one. Worker threads are no such boundary: they share the crash, and stop only between native calls.
 * Resolves with an outcome for whatever the child does, after it and all its descendants are gone.
 * Rejects only with `signal`'s reason.
 */
export async function runIsolated<Result>(job: IsolatedJob): Promise<IsolatedOutcome<Result>> {
  job.signal?.throwIfAborted();
  const [command, ...args] = await isolationCommand(job.entry, job.limits);
  const child = spawn(command, args, {
    cwd: tmpdir(),
    env: ENVIRONMENT,
    // Leads a process group, so that whatever it starts dies with it.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
  });
  const end = await superviseChild<Result>(child, job);
  job.signal?.throwIfAborted();
  return outcomeOf(end, job.limits);
}

async function superviseChild<Result>(child: ChildProcess, job: IsolatedJob): Promise<ChildEnd<Result>> {
  const seen: Partial<ChildEnd<Result>> = {};
  const end = (reason: 'timeout' | 'memory') => {
    seen.killedFor ??= reason;
    killGroup(child);
  };
  const abort = () => killGroup(child);
  const timer = setTimeout(() => end('timeout'), job.limits.timeoutMs);
  const stopWatching = child.pid
    ? watchMemory(child.pid, job.limits.memoryBytes, () => end('memory'))
    : undefined;
  job.signal?.addEventListener('abort', abort);
  // Aborted while the command was being prepared: the event is over.
  if (job.signal?.aborted) abort();
  try {
    return await untilClosed<Result>(child, { seen, payload: job.payload });
  } finally {
    clearTimeout(timer);
    stopWatching?.();
    job.signal?.removeEventListener('abort', abort);
  }
}

/** Gathers what the child does into `seen` until it is gone and its pipes are empty. */
function untilClosed<Result>(
  child: ChildProcess,
  { seen, payload }: { seen: Partial<ChildEnd<Result>>; payload: unknown },
): Promise<ChildEnd<Result>> {
  let stderr = '';
  return new Promise((resolve) => {
    const finish = (code: number | null, signal: NodeJS.Signals | null) =>
      resolve({ ...seen, code, signal, stderr });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      if (stderr.length < STDERR_KEPT) stderr += text.slice(0, STDERR_KEPT);
    });
    child.once('message', (answer) => {
      seen.answer = answer as ChildAnswer<Result>;
    });
    child.once('exit', () => killGroup(child));
    child.once('close', finish);
    child.on('error', (error) => {
      seen.spawnError ??= error;
      // Without a process there is no `close`.
      if (child.pid === undefined) finish(null, null);
    });
    if (child.pid === undefined) return;
    void writeFile(`/proc/${child.pid}/oom_score_adj`, OOM_SCORE).catch(() => undefined);
    // A child that is already gone shows as its exit.
    child.send(payload as object, () => undefined);
  });
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // ESRCH: nothing of the group is left.
  }
}
