import type { QueueItem, QueueStatus } from '@slipway/sdk/queue';
import { pickShown, pickTiles } from './pick-shown';

const item = (id: string, status: QueueStatus, projectId = 'PRJ-1') =>
  ({ id, status, projectId, loaded: 0 }) as QueueItem;
const ids = (items: QueueItem[]) => items.map(({ id }) => id).join(' ');

const ITEMS = [
  item('a', 'done'),
  item('b', 'error'),
  item('c', 'uploading'),
  item('d', 'done'),
  item('e', 'queued'),
  item('f', 'paused'),
  item('g', 'queued'),
  item('h', 'queued'),
  item('i', 'aborted'),
  item('j', 'error'),
];

describe('what is shown of many uploads', () => {
  it('begins with what asks for attention', () => {
    expect(ids(pickShown(ITEMS, 10))).toBe('b j c f e g h a d');
  });

  it('leaves a file that goes on where it was', () => {
    const resumed = { ...item('r', 'queued'), loaded: 5 };
    expect(ids(pickShown([item('q', 'queued'), resumed], 10))).toBe('r q');
  });

  it('shows a few of each kind: the latest done, the first of all others', () => {
    expect(ids(pickShown(ITEMS, 1))).toBe('b c e d');
  });

  it('fills the grid from the next asset upwards, with files of this project only', () => {
    expect(ids(pickTiles([...ITEMS, item('x', 'queued', 'PRJ-2')], 'PRJ-1', 2))).toBe('j g f e c b');
  });

  it('keeps the rest off the page', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => item(`${index}`, 'queued'));
    expect(pickTiles(many, 'PRJ-1', 24)).toHaveLength(24);
  });
});
