import { pollDelay } from './poll-delay';

const afterLooks = (looks: number) => pollDelay({ looks, files: 1 });

describe('delay between two looks at what is processing', () => {
  it('grows from less than a second to ten and no further', () => {
    expect(afterLooks(0)).toBeLessThan(1000);
    expect(afterLooks(5)).toBeGreaterThan(afterLooks(4));
    expect(afterLooks(50)).toBe(10_000);
  });

  it('costs fewer than twenty calls in the first minute', () => {
    let [elapsed, looks] = [0, 0];
    while (elapsed < 60_000) elapsed += afterLooks(looks++);
    expect(looks).toBeLessThan(20);
  });

  it('is longer where hundreds are in the making', () => {
    expect(pollDelay({ looks: 0, files: 12 })).toBe(afterLooks(0));
    expect(pollDelay({ looks: 0, files: 180 })).toBeGreaterThan(5000);
  });
});
