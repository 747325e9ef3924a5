import { AbortedError } from '../errors/aborted-error.js';
import type { SlipwayError } from '../errors/slipway-error.js';

export type Interrupt = (reason: SlipwayError) => void;

/**
 * Runs with a signal of its own, which ends with the caller's signal or when `interrupt` is called, and rejects at
 * that moment even when `run` does not listen to it. A signal of its own, because a timer must be able to cut one
 * attempt without ending the caller's whole operation.
 */
export async function interruptible<T>(
  parent: AbortSignal | undefined,
  run: (signal: AbortSignal, interrupt: Interrupt) => Promise<T>,
): Promise<T> {
  if (parent?.aborted) throw new AbortedError(parent.reason);
  const controller = new AbortController();
  const { signal } = controller;
  const interrupted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as SlipwayError), { once: true });
  });
  const relay = () => controller.abort(new AbortedError(parent?.reason));
  parent?.addEventListener('abort', relay, { once: true });
  try {
    return await Promise.race([interrupted, run(signal, (reason) => controller.abort(reason))]);
  } finally {
    parent?.removeEventListener('abort', relay);
  }
}
