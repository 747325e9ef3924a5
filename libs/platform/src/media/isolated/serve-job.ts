import type { ChildAnswer } from './isolated-outcome';

/** The file cannot be decoded, whoever tries. The message is for the person who uploaded it. */
export class UndecodableInput extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'UndecodableInput';
  }
}

/**
 * The child's side of run-isolated.ts: takes one job, answers, ends. Only `UndecodableInput` becomes an answer; any other
 * error ends the process, since it says nothing certain about the file.
 */
export function serveJob(work: (payload: unknown) => Promise<unknown>): void {
  // The parent has died, and with it whoever would have ended a hanging decoder and what that started.
  process.once('disconnect', () => process.kill(-process.pid, 'SIGKILL'));
  process.once('message', (payload) => {
    void answerOf(work(payload)).then(
      (answer) => process.send?.(answer, () => process.exit(0)),
      (error: unknown) => {
        process.stderr.write(String(error instanceof Error ? error.stack : error), () => process.exit(1));
      },
    );
  });
}

async function answerOf(work: Promise<unknown>): Promise<ChildAnswer<unknown>> {
  try {
    return { ok: true, result: await work };
  } catch (error) {
    if (error instanceof UndecodableInput) return { ok: false, message: error.message };
    throw error;
  }
}
