import type { Asset } from '@slipway/sdk';
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { isDrawnByBrowsers } from '../../ui/file-kind';
import { isUnderWay, type QueuedUpload, UploadQueue } from './upload-queue';
import { UploadRunner } from './upload-runner';

const QueueContext = createContext<UploadQueue | null>(null);

const previews = {
  create: (file: File) => (isDrawnByBrowsers(file.type) ? URL.createObjectURL(file) : null),
  revoke: (url: string) => URL.revokeObjectURL(url),
};

/** Files on their way are in this page only: a reload by mistake would end them all. */
function useAskBeforeLeaving(underWay: boolean) {
  useEffect(() => {
    if (!underWay) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [underWay]);
}

interface UploadsProviderProps {
  /** Whose uploads these are. When another takes over, what the first one left is ended. */
  userId: string | null;
  onUploaded: (asset: Asset) => void;
  children: ReactNode;
}

/** Runs the uploads of all projects above the pages, so that going to another page ends none. */
export function UploadsProvider({ userId, onUploaded, children }: UploadsProviderProps) {
  const [queue] = useState(() => new UploadQueue(previews));
  const items = useSyncExternalStore(queue.subscribe, queue.snapshot);
  useAskBeforeLeaving(items.some(isUnderWay));
  useEffect(() => (userId === null ? undefined : queue.clear), [queue, userId]);
  return (
    <QueueContext value={queue}>
      {items.map((item) => (
        <UploadRunner key={item.id} item={item} queue={queue} onUploaded={onUploaded} />
      ))}
      {children}
    </QueueContext>
  );
}

export function useUploadQueue(): UploadQueue {
  const queue = useContext(QueueContext);
  if (!queue) throw new Error('There is no UploadsProvider above.');
  return queue;
}

export function useQueuedUploads(): readonly QueuedUpload[] {
  const queue = useUploadQueue();
  return useSyncExternalStore(queue.subscribe, queue.snapshot);
}
