import { useCallback, useSyncExternalStore } from 'react';
import type { Client } from '../client/create-client.js';
import { EMPTY_SNAPSHOT } from '../queue/empty-snapshot.js';
import type { QueueItem, QueueSnapshot, QueueUploadOptions } from '../queue/queue-item.js';
import type { UploadQueue, UploadQueueOptions } from '../queue/upload-queue.js';
import { queueOf } from './queue-of.js';
import { useSlipwayClient } from './slipway-provider.js';

const nothing = (): QueueSnapshot => EMPTY_SNAPSHOT;
const none = (): undefined => undefined;

/** What a queue holds; renders ten times a second at most, however many files it has. */
export const useQueueSnapshot = (queue: UploadQueue): QueueSnapshot =>
  useSyncExternalStore(queue.subscribe, queue.snapshot, nothing);

/** One file of a queue, for a row that renders when that file changes and at no other time. */
export function useUploadItem(queue: UploadQueue, id: string): QueueItem | undefined {
  const subscribe = useCallback((listener: () => void) => queue.subscribeTo(id, listener), [queue, id]);
  return useSyncExternalStore(subscribe, () => queue.item(id), none);
}

export type QueueFileOptions = Omit<QueueUploadOptions, 'projectId'>;

type QueueVerb =
  | 'retry'
  | 'retryAll'
  | 'remove'
  | 'pause'
  | 'resume'
  | 'pauseAll'
  | 'resumeAll'
  | 'abortAll'
  | 'clearDone';

export interface UploadQueueView extends QueueSnapshot, Pick<UploadQueue, QueueVerb> {
  add: (files: Iterable<Blob>, options?: QueueFileOptions) => readonly QueueItem[];
  /** For `useUploadItem`. */
  queue: UploadQueue;
}

export interface UploadQueueHookOptions extends UploadQueueOptions {
  client?: Client;
}

/**
 * The queue of a project. It belongs to the client and not to the component: it is the same one wherever it is asked
 * for, and goes on when nobody does. Its options are those of whoever asked first.
 */
export function useUploadQueue(
  projectId: string,
  { client: given, ...options }: UploadQueueHookOptions = {},
): UploadQueueView {
  const client = useSlipwayClient(given);
  const queue = queueOf(client, projectId, options);
  const snapshot = useQueueSnapshot(queue);
  const add = useCallback(
    (files: Iterable<Blob>, upload: QueueFileOptions = {}) => queue.add(files, { ...upload, projectId }),
    [queue, projectId],
  );
  const { retry, retryAll, remove, pause, resume, pauseAll, resumeAll, abortAll, clearDone } = queue;
  const verbs = { retry, retryAll, remove, pause, resume, pauseAll, resumeAll, abortAll, clearDone };
  return { ...snapshot, ...verbs, add, queue };
}
