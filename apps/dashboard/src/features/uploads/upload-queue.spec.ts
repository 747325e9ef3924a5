import { type Asset, NetworkError } from '@slipway/sdk';
import { UploadQueue } from './upload-queue';

const file = (name: string) => new File(['content'], name, { type: 'image/png' });
const asset = (id: string) => ({ id }) as Asset;

function queueOf(...names: string[]) {
  const revoked: string[] = [];
  const queue = new UploadQueue({
    create: ({ name }) => (name.endsWith('.png') ? `blob:${name}` : null),
    revoke: (url) => void revoked.push(url),
  });
  queue.add('PRJ-1', names.map(file));
  const ids = queue.snapshot().map(({ id }) => id);
  const states = () => queue.snapshot().map(({ state }) => state);
  return { queue, ids, states, revoked };
}

describe('upload queue', () => {
  it('starts three files at once and the next when one has ended', () => {
    const { queue, ids, states } = queueOf('1.png', '2.png', '3.png', '4.png');
    expect(ids.map(queue.claim)).toEqual([true, true, true, false]);
    queue.succeed(ids[0]!, asset('AST-1'));
    expect(queue.claim(ids[3]!)).toBe(true);
    expect(states()).toEqual(['done', 'uploading', 'uploading', 'uploading']);
  });

  it('gives a file to one starter only', () => {
    const { queue, ids } = queueOf('1.png');
    expect(queue.claim(ids[0]!)).toBe(true);
    expect(queue.claim(ids[0]!)).toBe(false);
  });

  it('cancels a running upload, forgets it and frees its preview', () => {
    const { queue, ids, revoked } = queueOf('1.png');
    queue.claim(ids[0]!);
    const { signal } = queue.snapshot()[0]!.controller;
    queue.cancel(ids[0]!);
    expect(signal.aborted).toBe(true);
    expect(queue.snapshot()).toEqual([]);
    expect(revoked).toEqual(['blob:1.png']);
  });

  it('keeps the preview of a dismissed upload until the thumbnail is there', () => {
    const { queue, ids, revoked } = queueOf('1.png');
    queue.claim(ids[0]!);
    queue.succeed(ids[0]!, asset('AST-1'));
    queue.dismiss();
    expect(queue.snapshot()).toMatchObject([{ dismissed: true, preview: 'blob:1.png' }]);
    queue.releasePreview('AST-1');
    expect(queue.snapshot()).toEqual([]);
    expect(revoked).toEqual(['blob:1.png']);
  });

  it('remembers which file an asset came from after the file is gone', () => {
    const { queue, ids } = queueOf('1.glb');
    queue.claim(ids[0]!);
    queue.succeed(ids[0]!, asset('AST-1'));
    queue.dismiss();
    expect(queue.snapshot()).toEqual([]);
    expect(queue.originOf('AST-1')).toBe(ids[0]);
  });

  it('dismisses nothing that is still on its way', () => {
    const { queue, ids, states } = queueOf('1.png', '2.png');
    queue.claim(ids[0]!);
    queue.dismiss();
    expect(states()).toEqual(['uploading', 'queued']);
  });

  it('starts a failed file from nothing, with a signal that is not spent', () => {
    const { queue, ids, states } = queueOf('1.png');
    queue.claim(ids[0]!);
    queue.snapshot()[0]!.controller.abort();
    queue.fail(ids[0]!, new NetworkError('cut'));
    queue.retry(ids[0]!);
    expect(states()).toEqual(['queued']);
    expect(queue.snapshot()[0]).toMatchObject({ progress: 0, error: null });
    expect(queue.snapshot()[0]!.controller.signal.aborted).toBe(false);
  });

  it('leaves nothing behind when somebody signs out', () => {
    const { queue, ids, revoked } = queueOf('1.png', '2.png');
    queue.claim(ids[0]!);
    const { signal } = queue.snapshot()[0]!.controller;
    queue.clear();
    expect(signal.aborted).toBe(true);
    expect(queue.snapshot()).toEqual([]);
    expect(revoked).toHaveLength(2);
  });
});
