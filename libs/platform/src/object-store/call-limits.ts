import { toStorageError } from './s3-errors';

export interface CallLimits {
  /** Milliseconds for a whole call, its repetitions included. */
  callMs: number;
  /** The same for calls that move bytes: a server-side copy, or a completion, answers only when it is done. */
  transferMs: number;
  /** A body that stops moving for this long is given up, however long the whole of it takes. */
  idleMs: number;
}

/** A call ends before a browser or proxy loses patience with our own answer. */
export const DEFAULT_LIMITS: CallLimits = { callMs: 25_000, transferMs: 120_000, idleMs: 30_000 };

export interface CallOptions {
  abortSignal: AbortSignal;
  requestTimeout?: number;
}

/** Ends what is not done in time; what fails, fails as a `StorageError` that says what was tried. */
async function within<T>(
  milliseconds: number,
  action: string,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const timer = setTimeout(
    () => controller.abort(new Error(`no answer within ${milliseconds} ms`)),
    milliseconds,
  );
  try {
    return await run(controller.signal);
  } catch (error) {
    throw toStorageError(error, action);
  } finally {
    clearTimeout(timer);
  }
}

/** Makes calls of the storage end in time. What fails, fails as a `StorageError`. */
export class LimitedCalls {
  constructor(private readonly limits: CallLimits) {}

  call<T>(action: string, run: (options: CallOptions) => Promise<T>): Promise<T> {
    return within(this.limits.callMs, action, (abortSignal) => run({ abortSignal }));
  }

  transfer<T>(action: string, run: (options: CallOptions) => Promise<T>): Promise<T> {
    const { transferMs } = this.limits;
    return within(transferMs, action, (abortSignal) => run({ abortSignal, requestTimeout: transferMs }));
  }
}
