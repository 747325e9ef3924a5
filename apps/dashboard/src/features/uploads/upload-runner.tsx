import type { Asset } from '@slipway/sdk';
import { useFileUpload } from '@slipway/sdk/react';
import { useEffect } from 'react';
import type { QueuedUpload, UploadQueue } from './upload-queue';

interface UploadRunnerProps {
  item: QueuedUpload;
  queue: UploadQueue;
  onUploaded: (asset: Asset) => void;
}

/** The SDK's hook for one file of the queue. Draws nothing: tray and grid read the queue. */
export function UploadRunner({ item, queue, onUploaded }: UploadRunnerProps) {
  const { upload, error } = useFileUpload(item.projectId);

  // Without dependencies: any change of the queue may have freed a place.
  useEffect(() => {
    if (item.state !== 'queued' || !queue.claim(item.id)) return;
    const { id, file, controller } = item;
    const send = async () => {
      const asset = await upload(file, {
        signal: controller.signal,
        onProgress: (progress) => queue.report(id, progress),
        onStatus: (status) => queue.enter(id, status),
      });
      if (!asset) return;
      // In this order the grid gets the asset in the same render in which the upload leaves it.
      onUploaded(asset);
      queue.succeed(id, asset);
    };
    void send();
  });

  useEffect(() => {
    if (error) queue.fail(item.id, error);
  }, [error, queue, item.id]);

  return null;
}
