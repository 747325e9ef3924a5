import { objectKey, type ObjectKey } from '@slipway/platform/object-store/object-key';
import { failedBy } from '@slipway/platform/object-store/storage-error';
import type { Asset } from '../assets/asset.entity';
import { requestGalleryLater } from '../galleries/request-gallery';
import { Project } from '../projects/project.entity';
import type { Deps } from '../shared/deps';
import { inLanes } from '../shared/in-lanes';
import { systemPrincipal, visitor } from '../shared/principal';
import { type GalleryLock, withGalleryLock } from './gallery-lock';
import { galleryIndex } from './gallery-index';
import { publicAssets, seenByVisitors } from './list-gallery';

/** The newest; the page and the API show all. */
export const MAX_COPIED = 1_000;

const LANES = 4;
const BUSY_MS = 2_000;

/** Caches on the way are as late as this. */
const INDEX_CACHE = 'public, max-age=60';

type CopyDeps = Pick<Deps, 'db' | 'objects' | 'clock' | 'settings'>;

/**
 * Makes what lies under `public/galleries/<slug>/` what it should be now: thumbnails and an index of what visitors may
 * see in the project that has the slug, or nothing. It looks at what is there, so that it may be repeated and may have
 * died anywhere. The index never names a thumbnail that is not there. Throws `StorageError` and the database's errors.
 */
export async function copyGallery({ slug }: { slug: string }, deps: CopyDeps): Promise<void> {
  const isDone = await withGalleryLock(deps.db, slug, (lock) => copy(slug, lock, deps));
  // Whoever has the lock may have read what was before.
  if (!isDone) await askAgain(slug, new Date(deps.clock.now().getTime() + BUSY_MS), deps);
}

const askAgain = (slug: string, runAt: Date, { db }: Pick<Deps, 'db'>): Promise<void> =>
  requestGalleryLater(db.manager, { slug, runAt });

async function copy(slug: string, lock: GalleryLock, deps: CopyDeps): Promise<void> {
  const project = await deps.db.manager.findOneBy(Project, { gallerySlug: slug });
  const there = await keysThere(slug, deps);
  const index = objectKey.galleryIndex(slug);
  if (!project) {
    // First of all, so that nothing names what is being removed.
    await remove([index, ...there.filter((key) => key !== index)], lock, deps);
    return;
  }
  const assets = await copiedAssets(project, deps);
  const thumbnails = await copyThumbnails({ slug, assets, there: new Set(there) }, lock, deps);
  await lock.assertHeld();
  const body = galleryIndex({ slug, project, assets, thumbnails }, deps);
  await deps.objects.put(index, body, { contentType: 'application/json', cacheControl: INDEX_CACHE });
  const kept = new Set([index, ...thumbnails.values()]);
  await remove(
    there.filter((key) => !kept.has(key)),
    lock,
    deps,
  );
  const end = firstEnd(assets);
  if (end) await askAgain(slug, end, deps);
}

async function keysThere(slug: string, { objects }: Pick<Deps, 'objects'>): Promise<ObjectKey[]> {
  const keys: ObjectKey[] = [];
  for (let after: string | null | undefined; after !== null;) {
    const page = await objects.list(objectKey.galleryPrefix(slug), after === undefined ? {} : { after });
    keys.push(...page.objects.map(({ key }) => key));
    after = page.next;
  }
  return keys;
}

async function copiedAssets(project: Project, { db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<Asset[]> {
  const assets = await publicAssets(db.manager, project.id)
    .orderBy('a.createdAt', 'DESC')
    .addOrderBy('a.id', 'DESC')
    .limit(MAX_COPIED)
    .getMany();
  const everybody = visitor(systemPrincipal());
  return seenByVisitors(everybody, { project, assets, now: clock.now() }).map(({ asset }) => asset);
}

/** The key of each asset's thumbnail in the copy; of those that have one. */
async function copyThumbnails(
  { slug, assets, there }: { slug: string; assets: readonly Asset[]; there: ReadonlySet<ObjectKey> },
  lock: GalleryLock,
  { objects }: Pick<Deps, 'objects'>,
): Promise<Map<string, ObjectKey>> {
  const copied = await inLanes(assets, LANES, async ({ id, thumbnailKey }) => {
    if (thumbnailKey === null) return [];
    const key = objectKey.galleryThumbnail(slug, id);
    if (there.has(key)) return [[id, key] as const];
    await lock.assertHeld();
    return (await copyObject(thumbnailKey, key, objects)) ? [[id, key] as const] : [];
  });
  return new Map(copied.flat());
}

/** False where there is nothing to copy: it was deleted, or is on its way to another key, which asks for the copy again. */
async function copyObject(from: ObjectKey, to: ObjectKey, objects: Deps['objects']): Promise<boolean> {
  const found = await objects.head(from);
  if (!found) return false;
  try {
    await objects.copy(from, to, { ifSourceMatch: found.etag });
    return true;
  } catch (error) {
    if (failedBy(error, 'not_found')) return false;
    throw error;
  }
}

async function remove(
  keys: readonly ObjectKey[],
  lock: GalleryLock,
  { objects }: Pick<Deps, 'objects'>,
): Promise<void> {
  const [first, ...others] = keys;
  if (first === undefined) return;
  await objects.delete(first);
  await inLanes(others, LANES, async (key) => {
    await lock.assertHeld();
    await objects.delete(key);
  });
}

/** When the first of them ends by itself, which no call will tell. */
function firstEnd(assets: readonly Asset[]): Date | null {
  const ends = assets.flatMap(({ expiresAt }) => (expiresAt ? [expiresAt.getTime()] : []));
  return ends.length === 0 ? null : new Date(Math.min(...ends));
}
