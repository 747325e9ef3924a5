import { enqueue } from '@slipway/platform/jobs/enqueue';
import type { EntityManager } from 'typeorm';

/**
 * Asks for the public copy of the project's gallery to be made anew, where it has one: in the transaction of whatever
 * changed what is public in it. The row is held against a gallery that is published at the same time: either that sees
 * this change, or this sees that gallery.
 */
export async function requestGallery(tx: EntityManager, projectId: string): Promise<void> {
  const [project] = await tx.query<{ gallery_slug: string | null }[]>(
    'select gallery_slug from projects where id = $1 for key share',
    [projectId],
  );
  if (project?.gallery_slug) await requestGalleryAt(tx, project.gallery_slug);
}

/** By where the copy is, not whose it is: a slug that was given up may be another project's by the time the job runs. */
export const requestGalleryAt = (tx: EntityManager, slug: string): Promise<void> =>
  enqueue(tx, { name: 'publish-gallery', payload: { slug }, key: jobKey(slug) });

/** The same for a later time; one that waits already is not put off. */
export const requestGalleryLater = (
  tx: EntityManager,
  { slug, runAt }: { slug: string; runAt: Date },
): Promise<void> =>
  enqueue(tx, { name: 'publish-gallery', payload: { slug }, key: jobKey(slug), runAt, keepRunAt: true });

const jobKey = (slug: string): string => `publish-gallery:${slug}`;
