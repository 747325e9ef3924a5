import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Throttle } from './throttle';

test('bytes take the time that the line needs for them, after those before', () => {
  let now = 0;
  const throttle = new Throttle(1000, () => now);
  expect(throttle.reserve(500)).toBe(500);
  expect(throttle.reserve(250)).toBe(750);
  now = 600;
  expect(throttle.reserve(100)).toBe(250);
});

test('all bytes of two who share a line pass unchanged, and take its time', async () => {
  const throttle = new Throttle(1e9, () => 0);
  const send = async (...texts: string[]): Promise<string> => {
    const slowed = throttle.slow(Readable.from(texts.map((text) => Buffer.from(text))));
    return String(await buffer(slowed));
  };
  expect(await Promise.all([send('one', 'two'), send('three')])).toEqual(['onetwo', 'three']);
  expect(throttle.reserve(0)).toBeCloseTo((11 / 1e9) * 1000, 9);
});

test('a line that was idle saves nothing up', () => {
  let now = 0;
  const throttle = new Throttle(1000, () => now);
  throttle.reserve(100);
  now = 10_000;
  expect(throttle.reserve(100)).toBe(100);
});
