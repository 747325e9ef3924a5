import * as fc from 'fast-check';
import { parseRequestTarget } from './request-target';
import { encodeUriPath } from './uri-encoding';

test.each([
  ['/', '', ''],
  ['/bucket', 'bucket', ''],
  ['/bucket/', 'bucket', ''],
  ['/bucket/a//../b/', 'bucket', 'a//../b/'],
  ['/bucket/%C3%BC%20%2B+?x=1', 'bucket', 'ü ++'],
  ['http://host:1/bucket/key', 'bucket', 'key'],
])('%s names bucket "%s" and key "%s"', (url, bucket, key) => {
  expect(parseRequestTarget(url)).toMatchObject({ bucket, key });
});

test('any key survives its encoding', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (key) => {
      expect(parseRequestTarget(encodeUriPath(`/bucket/${key}`)).key).toBe(key);
    }),
  );
});

test.each(['/bucket/%', '/bucket/%ff', 'bucket'])('%s is no address', (url) => {
  expect(() => parseRequestTarget(url)).toThrow("Couldn't parse the specified URI.");
});

test('the query is signed in byte order, encoded anew', () => {
  const { query } = parseRequestTarget('/?b=2&a-b=1&a=~%2f&a=+&c&X-Amz-Signature=s');
  expect(query.canonical({ without: 'X-Amz-Signature' })).toBe('a=%20&a=~%2F&a-b=1&b=2&c=');
});
