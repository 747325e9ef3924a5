import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Store } from '../store/store';
import { isAbandoned, isExpired, type LifecycleRule } from './lifecycle-rules';

const PAGE = 1000;

/** Deletes what the lifecycle rules of all buckets have expired by now. `now` in milliseconds. */
export async function sweepExpired(store: Store, now: number): Promise<void> {
  for (const { name } of store.buckets.list()) {
    const rules = store.buckets.configuration(name, 'lifecycle')?.rules ?? [];
    if (rules.length === 0) continue;
    await deleteExpiredObjects(store, { bucket: name, rules, now });
    await abortAbandonedUploads(store, { bucket: name, rules, now });
  }
}

interface Sweep {
  bucket: string;
  rules: readonly LifecycleRule[];
  now: number;
}

async function deleteExpiredObjects({ objects }: Store, { bucket, rules, now }: Sweep): Promise<void> {
  const isDue = (object: { key: string; lastModified: number }): boolean =>
    isExpired(rules, { key: object.key, since: object.lastModified }, now);
  for (let after = ''; ;) {
    const page = objects.scan(bucket, { after, limit: PAGE });
    for (const { key } of page.filter(isDue)) {
      // Read again in the tick that deletes: the key may hold a newer object by now.
      const current = objects.find(bucket, key);
      if (current && isDue(current)) await objects.delete(bucket, key);
    }
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last.key;
    await nextTurn();
  }
}

async function abortAbandonedUploads({ uploads }: Store, { bucket, rules, now }: Sweep): Promise<void> {
  for (const upload of uploads.all(bucket)) {
    if (!isAbandoned(rules, { key: upload.key, since: upload.initiated }, now)) continue;
    if (uploads.find(bucket, upload.key, upload.uploadId)) await uploads.abort(bucket, upload);
  }
}
