import { explainImageError } from './explain-image-error';

test.each([
  ['VipsJpeg: premature end of JPEG image', 'The image is damaged: premature end of JPEG image.'],
  ['/tmp/slipway-x/8f1c: bad seek to 20231', 'The image is damaged: bad seek to 20231.'],
  ['pngload: libpng read error\nVipsPng: chunk', 'The image is damaged: libpng read error.'],
  [
    'Input file has corrupt header: webp: unable to parse image',
    'The image is damaged: webp: unable to parse image.',
  ],
  ['Input image exceeds pixel limit', 'The image has more pixels than can be decoded.'],
  ['Input buffer contains unsupported image format', 'The file is not an image that can be read.'],
  ['', 'The image is damaged.'],
])('%j becomes %j', (words, sentence) => {
  expect(explainImageError(new Error(words))).toBe(sentence);
});

test('a text without end is cut', () => {
  expect(explainImageError(new Error('x'.repeat(10_000))).length).toBeLessThan(200);
});
