import { NOTHING_SHOWN, withError, withLoad, withUrl } from './image-shown.js';

const first = withUrl(NOTHING_SHOWN, 'https://storage/1');

test('a picture that is there is not loaded again when its URL is signed anew', () => {
  const drawn = withLoad(first);
  expect(withUrl(drawn, 'https://storage/2')).toBe(drawn);
});

test('one that is still on its way takes the newer URL', () => {
  expect(withUrl(first, 'https://storage/2')).toMatchObject({ src: 'https://storage/2', failed: false });
});

test('after an error one fresh URL is tried, and after that none', () => {
  const waiting = withError(first);
  expect(withUrl(waiting, 'https://storage/1')).toBe(waiting);
  const second = withUrl(waiting, 'https://storage/2');
  expect(second).toMatchObject({ src: 'https://storage/2', failed: false });
  const given = withError(second);
  expect(given.failed).toBe(true);
  expect(withUrl(given, 'https://storage/3')).toBe(given);
});

test('a picture that was there again may fail again, an hour later', () => {
  const again = withLoad(withUrl(withError(first), 'https://storage/2'));
  expect(withError(again)).toMatchObject({ failed: false, retrying: true });
});
