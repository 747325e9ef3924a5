import type { Asset, Client } from '@slipway/sdk';
import { createUploadQueue, type QueueSnapshot, type UploadQueue } from '@slipway/sdk/queue';
import { useQueueSnapshot, useSlipwayClient } from '@slipway/sdk/react';
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { isDrawnByBrowsers } from '../../ui/file-kind';
import { leftToDo } from './describe-upload';
import { gather } from './gather';
import { Previews } from './previews';

interface Uploads {
  queue: UploadQueue;
  previews: Previews;
  /** Ends a file's upload, if it has not ended yet, and takes it off the page. */
  forget: (id: string) => void;
  /** The same for all that have not ended. */
  cancelAll: () => void;
  /** For when somebody else takes the seat: nothing goes on and nothing stays. Settles when the server knows. */
  clear: () => Promise<void>;
}

const UploadsContext = createContext<Uploads | null>(null);

/** As many as the tray lists. */
const KEEP_DONE = 100;
/** Each drawing of the grid costs some milliseconds; small files end by the dozen in a second. */
const GRID_REST_MS = 250;

const source = {
  create: (file: Blob) => (isDrawnByBrowsers(file.type) ? URL.createObjectURL(file) : null),
  revoke: (url: string) => URL.revokeObjectURL(url),
};

function createUploads(client: Client, onUploaded: (assets: Asset[]) => void): Uploads {
  const previews = new Previews(source);
  const show = gather(onUploaded, GRID_REST_MS);
  const queue = createUploadQueue(client, {
    keepDone: KEEP_DONE,
    onUploaded: (asset, { id }) => {
      previews.becameAsset(id, asset.id);
      show(asset);
    },
  });
  const forget = (id: string) => {
    queue.remove(id);
    previews.drop(id);
  };
  const cancelAll = () => {
    queue.abortAll();
    for (const { id, status } of queue.snapshot().items) if (status === 'aborted') forget(id);
    // Whoever cancels while everything is paused means that, and not the next file.
    queue.resumeAll();
  };
  const clear = () => {
    const told = queue.clear();
    previews.clear();
    return told;
  };
  return { queue, previews, forget, cancelAll, clear };
}

/** What the end of a session has stopped goes on from where it was. */
function goOn(queue: UploadQueue): void {
  for (const { id, error } of queue.snapshot().items) if (error?.code === 'unauthenticated') queue.retry(id);
  queue.resumeAll();
}

interface Owner {
  userId: string | null;
  /** Nobody is signed in because a session ran out, and not because somebody left. */
  expired: boolean;
}

/** A session that ran out stops the uploads until the same person is back; anybody else finds nothing of them. */
function useOwner({ queue, clear }: Uploads, { userId, expired }: Owner) {
  const owner = useRef<string | null>(null);
  useEffect(() => {
    if (userId === null && expired) return queue.pauseAll();
    if (userId === null || userId !== owner.current) void clear();
    else goOn(queue);
    owner.current = userId;
  }, [queue, clear, userId, expired]);
}

/** Files on their way are in this page only: a reload by mistake would end them all. */
function useAskBeforeLeaving(underWay: boolean) {
  useEffect(() => {
    if (!underWay) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [underWay]);
}

interface UploadsProviderProps extends Owner {
  onUploaded: (assets: Asset[]) => void;
  children: ReactNode;
}

/** Holds the uploads of all projects above the pages, so that going to another page ends none. */
export function UploadsProvider({ onUploaded, children, ...owner }: UploadsProviderProps) {
  const client = useSlipwayClient();
  const [uploads] = useState(() => createUploads(client, onUploaded));
  useOwner(uploads, owner);
  return (
    <UploadsContext value={uploads}>
      <LeaveGuard queue={uploads.queue} />
      {children}
    </UploadsContext>
  );
}

/** A component of its own, so that what is below the provider is not drawn at each step of an upload. */
function LeaveGuard({ queue }: { queue: UploadQueue }) {
  useAskBeforeLeaving(leftToDo(useQueueSnapshot(queue).counts) > 0);
  return null;
}

export function useUploads(): Uploads {
  const uploads = useContext(UploadsContext);
  if (!uploads) throw new Error('There is no UploadsProvider above.');
  return uploads;
}

export const useUploadsSnapshot = (): QueueSnapshot => useQueueSnapshot(useUploads().queue);
