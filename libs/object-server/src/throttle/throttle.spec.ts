import { Throttle } from './throttle';

test('bytes take the time that the line needs for them, after those before', () => {
  let now = 0;
  const throttle = new Throttle(1000, () => now);
  expect(throttle.reserve(500)).toBe(500);
  expect(throttle.reserve(250)).toBe(750);
  now = 600;
  expect(throttle.reserve(100)).toBe(250);
});

test('a line that was idle saves nothing up', () => {
  let now = 0;
  const throttle = new Throttle(1000, () => now);
  throttle.reserve(100);
  now = 10_000;
  expect(throttle.reserve(100)).toBe(100);
});
