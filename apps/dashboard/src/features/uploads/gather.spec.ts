import { gather } from './gather';

describe('gathering', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('hands on the first at once, the next ones together, and the first after a rest at once again', () => {
    const batches: number[][] = [];
    const take = gather<number>((batch) => batches.push(batch), 200);
    take(1);
    expect(batches).toEqual([[1]]);
    take(2);
    take(3);
    jest.advanceTimersByTime(199);
    expect(batches).toHaveLength(1);
    jest.advanceTimersByTime(1);
    expect(batches).toEqual([[1], [2, 3]]);
    jest.advanceTimersByTime(200);
    take(4);
    expect(batches).toEqual([[1], [2, 3], [4]]);
  });
});
