import type { Asset, Client } from '@slipway/sdk';
import { lookFor } from './look-for';

/** A list of 250 assets, newest first, in pages of 100. */
function listing() {
  const all = Array.from({ length: 250 }, (_, index) => ({ id: `AST-${250 - index}` }) as Asset);
  const asked: string[] = [];
  const list = async ({ cursor = '0' }: { cursor?: string }) => {
    asked.push(cursor);
    const from = Number(cursor);
    const next = from + 100 < all.length ? String(from + 100) : null;
    return { data: all.slice(from, from + 100), next_cursor: next };
  };
  return { asked, source: { assets: { list } as unknown as Client['assets'], projectId: 'PRJ-1' } };
}

describe('looking for assets in the making', () => {
  it('stops at the page that has the last of them', async () => {
    const { asked, source } = listing();
    const { found, gone } = await lookFor(['AST-249', 'AST-120'], source);
    expect(found.map(({ id }) => id)).toEqual(['AST-249', 'AST-120']);
    expect(gone).toEqual([]);
    expect(asked).toEqual(['0', '100']);
  });

  it('takes for gone only what is not in the whole list', async () => {
    const { asked, source } = listing();
    expect(await lookFor(['AST-900'], source)).toEqual({ found: [], gone: ['AST-900'] });
    expect(asked).toHaveLength(3);
  });
});
