import { AsyncLocalStorage } from 'node:async_hooks';

const current = new AsyncLocalStorage<string>();

/** Everything that `work` logs, and what it starts, carries the id as `requestId`. */
export function withRequestId<Result>(id: string, work: () => Result): Result {
  return current.run(id, work);
}

export const currentRequestId = (): string | undefined => current.getStore();
