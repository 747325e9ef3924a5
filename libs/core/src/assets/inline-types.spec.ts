import { mayShowInline } from './inline-types';

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
  'application/xml',
  'application/rss+xml',
  'application/mathml+xml',
  'text/mathml',
  'text/xsl',
  'model/x+xml',
  'video/x+xml',
  'video/html',
  'audio/x-svg',
  'multipart/x-mixed-replace',
  'multipart/related',
  'message/rfc822',
  'application/x-shockwave-flash',
  'application/wasm',
  'text/javascript',
  'text/css',
  'text/vtt',
  'text/html;charset=utf-8',
  'TEXT/HTML',
  'image/png, text/html',
  'image/png\nx: y',
  'application/javascript',
  'application/octet-stream',
  'image/pngx',
])('%s only downloads', (type) => {
  expect(mayShowInline(type)).toBe(false);
});
