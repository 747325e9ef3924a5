import { attachment, mayShowInline } from './inline-types';

test.each([
  'image/jpeg',
  'image/png',
  'video/mp4',
  'audio/mpeg',
  'model/gltf-binary',
  'application/pdf',
  'text/plain',
])('%s may be shown', (type) => {
  expect(mayShowInline(type)).toBe(true);
});

test.each([
  'text/html',
  'image/svg+xml',
  'application/xhtml+xml',
  'text/xml',
  'model/x+xml',
  'video/x+xml',
  'model/x+xml',
  'video/x+xml',
  'application/javascript',
  'application/octet-stream',
  'image/pngx',
])('%s only downloads', (type) => {
  expect(mayShowInline(type)).toBe(false);
});

test('a plain name is quoted', () => {
  expect(attachment('a b.png')).toBe(`attachment; filename="a b.png"; filename*=UTF-8''a%20b.png`);
});

test('quotes, line breaks and other scripts cannot leave the header', () => {
  expect(attachment('ü"\r\nx.html')).toBe(
    `attachment; filename="____x.html"; filename*=UTF-8''%C3%BC%22%0D%0Ax.html`,
  );
});
