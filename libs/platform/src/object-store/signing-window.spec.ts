import * as fc from 'fast-check';
import { MAX_EXPIRES_IN, signingWindow } from './signing-window';

const QUARTER = 900;
const HOUR = 3600;

const at = (now: string | number) => ({ now: new Date(now), windowSeconds: QUARTER, promisedSeconds: HOUR });

describe('the signing window of a key', () => {
  const anyWindow = fc.record({
    key: fc.string({ unit: 'binary' }),
    now: fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
    windowSeconds: fc.integer({ min: 1, max: 2 * MAX_EXPIRES_IN }),
    promisedSeconds: fc.integer({ min: 1, max: MAX_EXPIRES_IN - 1 }),
  });

  it('always leaves at least the promised life and never asks for more than seven days', () => {
    fc.assert(
      fc.property(anyWindow, ({ key, ...options }) => {
        const { signedAt, expiresIn } = signingWindow(key, options);
        const left = signedAt.getTime() + expiresIn * 1000 - options.now.getTime();
        expect(left).toBeGreaterThanOrEqual(options.promisedSeconds * 1000);
        expect(expiresIn).toBeLessThanOrEqual(MAX_EXPIRES_IN);
        expect(signedAt.getTime()).toBeLessThanOrEqual(options.now.getTime());
        expect(signedAt.getMilliseconds()).toBe(0);
      }),
    );
  });

  it('is the same from its first to its last millisecond, and another one right after', () => {
    fc.assert(
      fc.property(anyWindow, ({ key, ...options }) => {
        const window = signingWindow(key, options);
        const seconds = window.expiresIn - options.promisedSeconds;
        const inside = (offset: number) => ({
          ...options,
          now: new Date(window.signedAt.getTime() + offset),
        });
        expect(signingWindow(key, inside(0))).toEqual(window);
        expect(signingWindow(key, inside(seconds * 1000 - 1))).toEqual(window);
        expect(signingWindow(key, inside(seconds * 1000)).signedAt).not.toEqual(window.signedAt);
      }),
    );
  });

  it('shortens the window, not the promise, where both together pass seven days', () => {
    const promisedSeconds = MAX_EXPIRES_IN - 60;
    const { signedAt, expiresIn } = signingWindow('k', { ...at('2026-05-01T10:00:00Z'), promisedSeconds });
    expect(expiresIn).toBe(MAX_EXPIRES_IN);
    expect(Date.parse('2026-05-01T10:00:00Z') - signedAt.getTime()).toBeLessThan(60_000);
  });

  it('gives a promise of the full seven days one second less, since the date is cut to whole seconds', () => {
    const week = { ...at('2026-05-01T10:00:00.999Z'), promisedSeconds: MAX_EXPIRES_IN };
    expect(signingWindow('k', week)).toEqual({
      signedAt: new Date('2026-05-01T10:00:00Z'),
      expiresIn: MAX_EXPIRES_IN,
    });
  });

  it('spreads the changes of many keys over the whole window', () => {
    const perMinute = Array.from({ length: 15 }, () => 0);
    for (let index = 0; index < 3000; index += 1) {
      const key = `projects/PRJ-1/assets/AST-${index}/photo.jpg`;
      const age =
        Date.parse('2026-05-01T10:00:00Z') -
        signingWindow(key, at('2026-05-01T10:00:00Z')).signedAt.getTime();
      const minute = Math.floor(age / 60_000);
      perMinute[minute] = (perMinute[minute] ?? 0) + 1;
    }
    expect(Math.min(...perMinute)).toBeGreaterThan(120);
    expect(Math.max(...perMinute)).toBeLessThan(300);
  });
});
