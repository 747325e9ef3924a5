import { chooseMerge } from './choose-merge';

test('tables merge with those that are not much larger', () => {
  expect(chooseMerge([])).toBe(0);
  expect(chooseMerge([4])).toBe(0);
  expect(chooseMerge([4, 9])).toBe(0);
  expect(chooseMerge([4, 8])).toBe(2);
  expect(chooseMerge([4, 8, 20, 100])).toBe(3);
});

test('many small tables end in few', () => {
  let tables: number[] = [];
  for (let written = 0; written < 1000; written++) {
    tables = [1, ...tables];
    const count = chooseMerge(tables);
    if (count > 0)
      tables = [tables.slice(0, count).reduce((sum, size) => sum + size, 0), ...tables.slice(count)];
  }
  expect(tables.length).toBeLessThanOrEqual(10);
});
