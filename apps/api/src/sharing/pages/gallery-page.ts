import type { AssetUrls } from '@slipway/core/assets/asset-urls';
import type { Asset } from '@slipway/core/assets/asset.entity';
import { describeType, formatSize } from './describe-file';
import type { PageContent } from './document';
import { type Html, html } from './html';

interface GalleryPageContent {
  slug: string;
  name: string;
  items: readonly { asset: Asset; urls: AssetUrls }[];
  nextCursor: string | null;
  /** Whether it is the newest page. */
  isFirst: boolean;
}

/** A page of a project's public gallery. */
export function galleryPage(gallery: GalleryPageContent): PageContent & { status: number } {
  const { name, items, isFirst } = gallery;
  return {
    status: 200,
    title: name,
    description: 'Gallery',
    image: items.find(({ urls }) => urls.thumbnailUrl !== null)?.urls.thumbnailUrl ?? null,
    // Later pages are other ones tomorrow.
    isIndexed: isFirst,
    main: html`<main class="gallery">
      <h1><bdi>${name}</bdi></h1>
      ${items.length === 0 ? html`<p class="facts">${emptyText(gallery)}</p>` : grid(items)} ${pages(gallery)}
    </main>`,
  };
}

const emptyText = ({ isFirst, nextCursor }: GalleryPageContent): string =>
  isFirst && nextCursor === null
    ? 'There is nothing to see here yet.'
    : 'There is nothing to see on this page.';

const grid = (items: GalleryPageContent['items']): Html =>
  html`<ul class="grid">
    ${items.map(({ asset, urls }) => tile(asset, urls))}
  </ul>`;

const tile = (asset: Asset, { accessUrl, thumbnailUrl }: AssetUrls): Html =>
  html`<li>
    <a href="${accessUrl ?? ''}" target="_blank" rel="noopener noreferrer">
      <span class="picture">
        ${thumbnailUrl === null ? describeType(asset.contentType) : html`<img src="${thumbnailUrl}" alt="" loading="lazy" />`}
      </span>
      <span class="name"><bdi>${asset.name}</bdi></span>
      <span class="facts">${describeType(asset.contentType)} · ${formatSize(asset.fileSize)}</span>
    </a>
  </li>`;

function pages({ slug, nextCursor, isFirst }: GalleryPageContent): Html | null {
  if (isFirst && nextCursor === null) return null;
  const newest = isFirst ? null : html`<a href="${slug}">Newest</a>`;
  const older =
    nextCursor === null
      ? null
      : html`<a rel="next" href="${slug}?cursor=${encodeURIComponent(nextCursor)}">Older</a>`;
  return html`<nav aria-label="Pages">${newest} ${older}</nav>`;
}
