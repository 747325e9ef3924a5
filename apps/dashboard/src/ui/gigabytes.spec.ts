import { bytesOfGigabytes, gigabytesOf } from './gigabytes';

test.each([
  ['1', 1_073_741_824],
  ['0.5', 536_870_912],
  ['1,5', 1_610_612_736],
  ['', null],
  ['0', null],
  ['much', null],
])('“%s” GiB', (text, bytes) => {
  expect(bytesOfGigabytes(text)).toBe(bytes);
});

test('an amount is shown as it was typed', () => {
  expect(gigabytesOf(536_870_912)).toBe('0.5');
});
