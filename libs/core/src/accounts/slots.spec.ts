import { Slots } from './slots';

/** Work that lasts until it is let go. */
function heldWork() {
  const releases: (() => void)[] = [];
  let most = 0;
  let running = 0;
  const work = async (): Promise<void> => {
    running += 1;
    most = Math.max(most, running);
    await new Promise<void>((resolve) => releases.push(resolve));
    running -= 1;
  };
  return {
    work,
    most: () => most,
    started: () => releases.length,
    release: (at: number) => releases[at]?.(),
  };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('runs so much at once, the rest in turn, and refuses what would wait behind too many', async () => {
  const slots = new Slots({ atOnce: 2, waiting: 2 });
  const held = heldWork();
  const runs = [1, 2, 3, 4].map(() => slots.run(held.work));
  await expect(slots.run(held.work)).rejects.toMatchObject({ code: 'rate_limited', retryAfter: 2 });
  expect(held.started()).toBe(2);
  for (const at of [0, 1, 2, 3]) {
    held.release(at);
    await turn();
  }
  await Promise.all(runs);
  expect([held.started(), held.most()]).toEqual([4, 2]);
});

test('work that fails gives its slot back', async () => {
  const slots = new Slots({ atOnce: 1, waiting: 0 });
  await expect(slots.run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await slots.run(async () => 'next')).toBe('next');
});
