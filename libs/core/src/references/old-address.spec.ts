import { normaliseAddress } from './old-address';

test.each([
  ['https://a.example', 'https://a.example/'],
  ['HTTP://A.example:80/x', 'http://a.example/x'],
  ['https://a.example/x#y', 'https://a.example/x'],
  ['https://a.example/a/../b', 'https://a.example/b'],
  ['https://bücher.example/ä', 'https://xn--bcher-kva.example/%C3%A4'],
  ['https://0x7f.1/', 'https://127.0.0.1/'],
])('%s is kept as %s', (address, kept) => {
  expect(normaliseAddress(address)).toBe(kept);
});

test.each([
  '',
  'x',
  '/photo.png',
  '//a.example/x',
  'ftp://a.example/x',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'private://0123',
  'https://user@a.example/',
  'https://:secret@a.example/',
  'https://',
  `https://a.example/${'x'.repeat(2048)}`,
])('%j is no address', (text) => {
  expect(normaliseAddress(text)).toBeNull();
});
