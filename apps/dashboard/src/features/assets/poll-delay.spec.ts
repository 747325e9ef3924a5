import { pollDelay } from './poll-delay';

describe('delay between two looks at what is processing', () => {
  it('grows from less than a second to ten and no further', () => {
    expect(pollDelay(0)).toBeLessThan(1000);
    expect(pollDelay(5)).toBeGreaterThan(pollDelay(4));
    expect(pollDelay(50)).toBe(10_000);
  });

  it('costs fewer than twenty calls in the first minute', () => {
    let [elapsed, looks] = [0, 0];
    while (elapsed < 60_000) elapsed += pollDelay(looks++);
    expect(looks).toBeLessThan(20);
  });
});
