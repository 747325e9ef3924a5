import { inTransaction } from '@slipway/platform/db/database';
import { enqueue } from '@slipway/platform/jobs/enqueue';
import { objectKey } from '@slipway/platform/object-store/object-key';
import type { Deps } from '../shared/deps';

/** A storage says that it has an object; it may say so twice, late, or of what is none of ours. */
export interface ObjectCreated {
  bucket: string;
  key: string;
}

/** An object may show later than its event; after some four minutes its upload's expiry is soon enough. */
const TRIES = 6;

/** In one order, so that two messages that speak of the same uploads do not wait for each other's jobs for ever. */
const OF_INCOMING = 'select id from uploads where incoming_key = any ($1) order by id';

/**
 * Has the uploads completed whose objects have arrived, by jobs, so that the storage is answered at once.
 * What is no upload of ours is ignored: a storage repeats what is refused. Gives the number of uploads.
 */
export async function receiveStorageEvents(
  events: readonly ObjectCreated[],
  { db }: Pick<Deps, 'db'>,
): Promise<number> {
  const keys = events.map(({ key }) => key).filter((key) => key.startsWith(objectKey.incomingPrefix));
  if (keys.length === 0) return 0;
  return inTransaction(db, async (tx) => {
    const uploads = await tx.query<{ id: string }[]>(OF_INCOMING, [keys]);
    for (const { id } of uploads) {
      const payload = { upload_id: id };
      await enqueue(tx, { name: 'finish-upload', payload, key: `finish-upload:${id}`, maxAttempts: TRIES });
    }
    return uploads.length;
  });
}
