import type { ListedObject, ObjectStore } from '@slipway/platform/object-store/object-store';
import type { Look } from './finding';

/** The objects under a prefix, a page at a time. Throws `StorageError`, or the signal's reason. */
export async function* objectPages(
  objects: ObjectStore,
  prefix: string,
  { signal }: Pick<Look, 'signal'>,
): AsyncGenerator<ListedObject[]> {
  for (let after: string | null | undefined; after !== null;) {
    signal.throwIfAborted();
    const page = await objects.list(prefix, after === undefined ? {} : { after });
    yield page.objects;
    after = page.next;
  }
}
