import type { Asset } from '@slipway/sdk';
import { type AssetPages, assetsOf, mergeAssets, removeAsset } from './asset-pages';

const asset = (id: string, status = 'Published') =>
  ({ id, status, created_at: `2026-11-21T00:00:0${id}.000Z` }) as Asset;
const pages = (...groups: Asset[][]): AssetPages => ({
  pages: groups.map((data, index) => ({ data, next_cursor: index + 1 < groups.length ? `c${index}` : null })),
  pageParams: groups.map((_, index) => (index === 0 ? '' : `c${index - 1}`)),
});
const ids = (result: AssetPages) => result.pages.map((page) => page.data.map(({ id }) => id));

describe('pages of assets', () => {
  it('updates an asset where it stands, on any page', () => {
    const merged = mergeAssets(pages([asset('3')], [asset('2', 'Processing'), asset('1')]), [asset('2')]);
    expect(ids(merged)).toEqual([['3'], ['2', '1']]);
    expect(assetsOf(merged)[1]?.status).toBe('Published');
  });

  it('puts what is new where the API lists it, in whatever order it comes', () => {
    const fresh = [asset('3'), asset('5'), asset('2')];
    expect(ids(mergeAssets(pages([asset('4'), asset('2')], [asset('1')]), fresh))).toEqual([
      ['5', '4', '3', '2'],
      ['1'],
    ]);
  });

  it('removes an asset and keeps the cursors', () => {
    const left = removeAsset(pages([asset('2'), asset('1')], [asset('0')]), '1');
    expect(ids(left)).toEqual([['2'], ['0']]);
    expect(left.pages[0]?.next_cursor).toBe('c0');
  });
});
