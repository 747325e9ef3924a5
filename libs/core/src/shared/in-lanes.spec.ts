import { inLanes } from './in-lanes';

const tick = () => new Promise((resolve) => setImmediate(resolve));

test('results come in the order of the items, however long each took', async () => {
  const work = async (ticks: number) => {
    for (let left = ticks; left > 0; left -= 1) await tick();
    return ticks * 10;
  };
  expect(await inLanes([5, 1, 3, 0], 2, work)).toEqual([50, 10, 30, 0]);
});

test('no more run at a time than there are lanes', async () => {
  let [running, most] = [0, 0];
  await inLanes([1, 2, 3, 4, 5, 6, 7], 3, async () => {
    running += 1;
    most = Math.max(most, running);
    await tick();
    running -= 1;
  });
  expect(most).toBe(3);
});

test('a failure ends it: what runs may end, nothing is begun any more', async () => {
  const ended: number[] = [];
  const work = async (item: number) => {
    if (item === 1) throw new Error('broken');
    await tick();
    ended.push(item);
  };
  await expect(inLanes([0, 1, 2, 3, 4], 2, work)).rejects.toThrow('broken');
  expect(ended).toEqual([0]);
});

test('nothing to do is done', async () => {
  expect(await inLanes([], 4, () => Promise.reject(new Error('never called')))).toEqual([]);
});
