import { formatFileSize } from './format-file-size.js';

test.each([
  [0, '0 B'],
  [1, '1 B'],
  [1023, '1023 B'],
  [1024, '1 KB'],
  [1536, '1.5 KB'],
  [1_048_500, '1023.9 KB'],
  [1_048_570, '1 MB'],
  [100 * 1024 * 1024, '100 MB'],
  [5 * 1024 ** 4, '5 TB'],
  [3000 * 1024 ** 5, '3000 PB'],
])('%i bytes read as %s', (bytes, text) => {
  expect(formatFileSize(bytes)).toBe(text);
});
