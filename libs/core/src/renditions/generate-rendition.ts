import { inTransaction } from '@slipway/platform/db/database';
import { Asset } from '../assets/asset.entity';
import { lockAsset } from '../assets/lock-asset';
import type { Deps } from '../shared/deps';
import { publishWhenComplete } from './publish-when-complete';
import { renderQrCode } from './render-qr-code';
import { renderThumbnail, type ThumbnailDeps } from './render-thumbnail';
import { RenderingFailed, type Rendered } from './rendered';
import { Rendition } from './rendition.entity';

type GenerateDeps = Pick<Deps, 'db' | 'objects' | 'clock' | 'settings'> & ThumbnailDeps;

export interface GenerateRenditionInput {
  renditionId: string;
  /** How often this job has run, this time included, and how often it may. */
  attempt: number;
  maxAttempts: number;
  signal?: AbortSignal | undefined;
}

/** Browsers may keep a rendition as long as its URL lives: the key never gets other bytes. */
const CACHE_CONTROL = 'private, max-age=31536000, immutable';

/** Makes one rendition and stores it. A file that cannot be rendered ends as `failed` with a reason, its asset stays usable. */
export async function generateRendition(input: GenerateRenditionInput, deps: GenerateDeps): Promise<void> {
  const rendition = await deps.db.manager.findOneBy(Rendition, { id: input.renditionId });
  if (rendition?.status !== 'pending') return;
  const asset = await deps.db.manager.findOneByOrFail(Asset, { id: rendition.assetId });
  // An attempt that died may have put it after the purge had looked.
  if (asset.deletedAt) return deps.objects.delete(rendition.key);
  try {
    const rendered = await render({ rendition, asset, signal: input.signal }, deps);
    await deps.objects.put(rendition.key, rendered.body, {
      contentType: rendered.contentType,
      cacheControl: CACHE_CONTROL,
    });
    await recordReady({ rendition, rendered }, deps);
  } catch (error) {
    // The worker is stopping: another one will go on.
    if (input.signal?.aborted) throw error;
    if (!isFinal(error, input)) throw error;
    await recordFailed({ rendition, error }, deps);
    // What is not the file's fault belongs in the log of failed jobs as well.
    if (!(error instanceof RenderingFailed)) throw error;
  }
}

/** A file that reached a limit may have met a busy machine; one that does so again is at fault itself. */
const RENDERING_ATTEMPTS = 2;

/** The storage's and the database's outages are waited for as long as the queue tries. */
function isFinal(error: unknown, { attempt, maxAttempts }: GenerateRenditionInput): boolean {
  if (attempt >= maxAttempts) return true;
  return error instanceof RenderingFailed && (error.permanent || attempt >= RENDERING_ATTEMPTS);
}

function render(
  { rendition, asset, signal }: { rendition: Rendition; asset: Asset; signal?: AbortSignal | undefined },
  deps: GenerateDeps,
): Promise<Rendered> {
  switch (rendition.name) {
    case 'qr-code':
      return renderQrCode(asset, deps);
    case 'thumbnail':
      return renderThumbnail({ asset, signal }, deps);
  }
}

async function recordReady(
  { rendition, rendered }: { rendition: Rendition; rendered: Rendered },
  deps: GenerateDeps,
): Promise<void> {
  const at = deps.clock.now();
  const recorded = await inTransaction(deps.db, async (tx) => {
    const asset = await lockAsset(tx, rendition.assetId);
    if (!asset) return false;
    await tx.update(Rendition, rendition.id, {
      status: 'ready',
      reason: null,
      contentType: rendered.contentType,
      fileSize: rendered.body.length,
      width: rendered.width,
      height: rendered.height,
      updatedAt: at,
    });
    await tx.update(Asset, asset.id, {
      updatedAt: at,
      ...(rendition.name === 'thumbnail' && { thumbnailKey: rendition.key }),
      ...(rendered.original && { width: rendered.original.width, height: rendered.original.height }),
    });
    await publishWhenComplete(tx, asset.id, at);
    return true;
  });
  // The asset was deleted, and its objects purged perhaps before ours was put: nothing may be left behind.
  if (!recorded) await deps.objects.delete(rendition.key);
}

async function recordFailed(
  { rendition, error }: { rendition: Rendition; error: unknown },
  deps: GenerateDeps,
): Promise<void> {
  const at = deps.clock.now();
  const reason = error instanceof RenderingFailed ? error.message : 'The server could not make it.';
  await inTransaction(deps.db, async (tx) => {
    const asset = await lockAsset(tx, rendition.assetId);
    if (!asset) return;
    await tx.update(Rendition, rendition.id, { status: 'failed', reason, updatedAt: at });
    await publishWhenComplete(tx, asset.id, at);
  });
}
