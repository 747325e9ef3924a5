import { objectKey } from '@slipway/platform/object-store/object-key';
import type { ListedObject, ObjectStore } from '@slipway/platform/object-store/object-store';
import { objectPages } from './bucket-objects';
import { confirmLosses } from './confirm-losses';
import { confirmStrays } from './confirm-strays';
import type { Finding, Look, SweepDeps } from './finding';
import { knownKeys, type KnownKey, type Loss } from './known-keys';
import { mergeByKey, type Pair } from './merge-by-key';

/** Suspects held before they are confirmed together. */
const BATCH = 100;

/**
 * Compares what the bucket holds for projects with what the database knows, both ways, in one walk. Listing and rows
 * are read at different moments, so that every difference is only a suspicion until it was looked at again.
 */
export async function* compareBucket(look: Look, deps: SweepDeps): AsyncGenerator<Finding[]> {
  const strays: ListedObject[] = [];
  const losses: Loss[] = [];
  for await (const pair of mergeByKey(listed(deps.objects, look), knownKeys(deps.db.manager, look))) {
    if (isStray(pair, look)) strays.push(pair.left);
    const loss = lossOf(pair);
    if (loss) losses.push(loss);
    if (strays.length === BATCH) yield await confirmStrays(strays.splice(0), look, deps);
    if (losses.length === BATCH) yield await confirmLosses(losses.splice(0), deps);
  }
  yield await confirmStrays(strays, look, deps);
  yield await confirmLosses(losses, deps);
}

async function* listed(objects: ObjectStore, look: Look): AsyncGenerator<ListedObject> {
  for await (const page of objectPages(objects, objectKey.projectsPrefix, look)) {
    yield* page;
    look.compared(page.length);
  }
}

type Seen = Pair<ListedObject, KnownKey>;

const isStray = (pair: Seen, { settledBefore }: Look): pair is { left: ListedObject; right: null } =>
  pair.left !== null && pair.right === null && pair.left.lastModified < settledBefore;

function lossOf({ left, right }: Seen): Loss | null {
  if (right === null || right.kind === 'awaited') return null;
  return left?.size === right.fileSize ? null : { ...right, kind: right.kind };
}
