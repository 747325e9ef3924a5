import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { Principal } from '../shared/principal';
import { finishUpload } from './complete-upload';
import { Upload } from './upload.entity';

/**
 * Completes an upload whose object the storage says has arrived, whether or not its browser ever calls back. It is called
 * by its file name until the browser names it. Repeating it is safe. What passes (an event may overtake its object) is
 * thrown, to be tried again; after the last try the upload is left to its expiry.
 */
export async function finishByEvent(
  principal: Principal,
  { uploadId, lastTry }: { uploadId: string; lastTry: boolean },
  deps: Pick<Deps, 'db' | 'objects' | 'clock'>,
): Promise<void> {
  const upload = await deps.db.manager.findOneBy(Upload, { id: uploadId });
  if (!upload) return;
  if (upload.status !== 'pending') return deps.objects.delete(upload.incomingKey);
  try {
    await finishUpload(principal, { upload, name: upload.fileName }, deps);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error.retryAfter !== undefined && !lastTry) throw error;
  }
}
