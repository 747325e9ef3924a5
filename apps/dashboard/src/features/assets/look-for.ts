import type { Asset, Client } from '@slipway/sdk';

const PAGE_SIZE = 100;
/** Five hundred files in the making at once; what lies deeper is found by a later look. */
const MAX_PAGES = 5;

export interface Look {
  found: Asset[];
  /** Looked for in the whole list and not there: deleted elsewhere. */
  gone: string[];
}

/** Looks for these assets from the newest page on; assets in the making are young, so that mostly one call is enough. */
export async function lookFor(
  ids: readonly string[],
  { assets, projectId }: { assets: Client['assets']; projectId: string },
): Promise<Look> {
  const missing = new Set(ids);
  const found: Asset[] = [];
  let cursor: string | null = '';
  for (let pages = 0; pages < MAX_PAGES && missing.size > 0 && cursor !== null; pages += 1) {
    const page = await assets.list({ project_id: projectId, limit: PAGE_SIZE, ...(cursor && { cursor }) });
    for (const asset of page.data) if (missing.delete(asset.id)) found.push(asset);
    cursor = page.next_cursor;
  }
  return { found, gone: cursor === null ? [...missing] : [] };
}
