import { preferredWaitSeconds } from './prefer';

test.each([
  [undefined, 0],
  ['', 0],
  ['respond-async', 0],
  ['wait=3', 3],
  ['respond-async, wait=3', 3],
  ['Wait = "2"', 2],
  ['wait=600', 5],
  ['await=3', 0],
  ['wait=-3', 0],
])('%j waits %p s', (header, seconds) => {
  expect(preferredWaitSeconds(header)).toBe(seconds);
});
