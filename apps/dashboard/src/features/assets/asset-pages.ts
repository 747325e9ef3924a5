import type { Asset, Page } from '@slipway/sdk';
import type { InfiniteData } from '@tanstack/react-query';

/** A project's assets as far as they were asked for, newest first. */
export type AssetPages = InfiniteData<Page<Asset>>;

export const assetsOf = (pages: AssetPages | undefined): Asset[] =>
  pages?.pages.flatMap((page) => page.data) ?? [];

const mapPages = (pages: AssetPages, change: (data: Asset[], index: number) => Asset[]): AssetPages => ({
  ...pages,
  pages: pages.pages.map((page, index) => ({ ...page, data: change(page.data, index) })),
});

/** As the API lists them. Uploads end in another order than the server made their assets in. */
const byNewest = (one: Asset, other: Asset): number =>
  other.created_at.localeCompare(one.created_at) || other.id.localeCompare(one.id);

/** Takes in what is newer: known assets where they stand, unknown ones on top. */
export function mergeAssets(pages: AssetPages, fresh: readonly Asset[]): AssetPages {
  const byId = new Map(fresh.map((asset) => [asset.id, asset]));
  const known = new Set(assetsOf(pages).map(({ id }) => id));
  const added = fresh.filter(({ id }) => !known.has(id));
  return mapPages(pages, (data, index) => {
    const current = data.map((asset) => byId.get(asset.id) ?? asset);
    return index === 0 && added.length > 0 ? [...added, ...current].toSorted(byNewest) : current;
  });
}

export const removeAsset = (pages: AssetPages, assetId: string): AssetPages =>
  mapPages(pages, (data) => data.filter(({ id }) => id !== assetId));
