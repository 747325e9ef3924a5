import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { Principal } from '../shared/principal';
import { finishUpload } from './complete-upload';
import { Upload } from './upload.entity';

/** An event may overtake the object it speaks of; an upload whose object never shows is looked after at its expiry. */
const SETTLED = new Set(['object_missing', 'upload_expired']);

/**
 * Completes an upload whose object the storage says has arrived, whether or not its browser ever calls back. It is called
 * by its file name until the browser names it. Repeating it is safe.
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
    const passing = error.retryAfter !== undefined;
    if (passing && !(lastTry && SETTLED.has(error.code))) throw error;
  }
}
