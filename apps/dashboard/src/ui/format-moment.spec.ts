import { formatDay, formatUntil } from './format-moment';

const now = new Date(2026, 10, 21, 9, 0);
const at = (...parts: [number, number, number, number?]) => new Date(...parts).toISOString();

describe('a moment in words', () => {
  it('names the year only where it is another one', () => {
    expect(formatDay(at(2026, 2, 3), now)).not.toContain('2026');
    expect(formatDay(at(2025, 2, 3), now)).toContain('2025');
  });

  it('gives the clock alone for today, and the day as well for another', () => {
    expect(formatUntil(at(2026, 10, 21, 16), now)).not.toMatch(/21/);
    expect(formatUntil(at(2026, 10, 22, 16), now)).toMatch(/22/);
  });
});
