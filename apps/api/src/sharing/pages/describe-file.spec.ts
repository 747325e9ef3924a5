import { describeType, formatSize } from './describe-file';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1.0 KB'],
  [1_234_567, '1.2 MB'],
  [9_949, '9.9 KB'],
  [9_950, '10 KB'],
  [999_499, '999 KB'],
  [999_500, '1.0 MB'],
  [5e12, '5.0 TB'],
  [5e15, '5000 TB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatSize(bytes)).toBe(text);
});

test.each([
  ['image/png', 'PNG image'],
  ['image/svg+xml', 'SVG image'],
  ['video/quicktime', 'Video'],
  ['model/gltf-binary', '3D model'],
  ['application/pdf', 'PDF'],
  ['text/html', 'Text'],
  ['application/zip', 'File'],
  ['nonsense', 'File'],
  ['', 'File'],
])('%s is called %s', (contentType, text) => {
  expect(describeType(contentType)).toBe(text);
});
