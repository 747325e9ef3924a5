import { Previews } from './previews';

function previewsOf() {
  const revoked: string[] = [];
  let count = 0;
  const previews = new Previews({
    create: ({ type }) => (type === 'image/png' ? `blob:${(count += 1)}` : null),
    revoke: (url) => void revoked.push(url),
  });
  return { previews, revoked };
}

const item = (id: string, type = 'image/png') => ({ id, file: new Blob(['x'], { type }) });

describe('previews of files in this browser', () => {
  it('gives one URL for one file, however often it is asked', () => {
    const { previews } = previewsOf();
    expect([previews.of(item('1')), previews.of(item('1'))]).toEqual(['blob:1', 'blob:1']);
    expect(previews.of(item('2', 'text/plain'))).toBeNull();
  });

  it('keeps the preview of an uploaded file until the thumbnail is there', () => {
    const { previews, revoked } = previewsOf();
    previews.of(item('1'));
    previews.becameAsset('1', 'AST-1');
    expect(previews.of({ id: '1', file: null })).toBe('blob:1');
    expect(previews.ofAsset('AST-1')).toBe('blob:1');
    const listener = jest.fn();
    previews.subscribe(listener);
    previews.release('AST-1');
    expect(listener).toHaveBeenCalledTimes(1);
    expect(previews.ofAsset('AST-1')).toBeNull();
    expect(previews.originOf('AST-1')).toBe('1');
    expect(revoked).toEqual(['blob:1']);
  });

  it('makes none for a file that is no longer there', () => {
    expect(previewsOf().previews.of({ id: '1', file: null })).toBeNull();
  });

  it('holds no more than a page shows, of however many files', () => {
    const { previews, revoked } = previewsOf();
    for (let index = 0; index < 1_200; index += 1) {
      previews.of(item(`${index}`));
      previews.becameAsset(`${index}`, `AST-${index}`);
    }
    expect(revoked).toHaveLength(1_080);
    expect(previews.originOf('AST-0')).toBeUndefined();
    expect(previews.ofAsset('AST-1199')).toBe('blob:1200');
  });

  it('leaves nothing behind when somebody signs out', () => {
    const { previews, revoked } = previewsOf();
    previews.of(item('1'));
    previews.clear();
    expect(revoked).toEqual(['blob:1']);
  });
});
