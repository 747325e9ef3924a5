import { announcementFaults, assertAcceptable } from './announcement';

const file = {
  fileName: 'Übersicht 3.glb',
  fileSize: 12,
  contentType: 'model/gltf-binary',
  checksumSha256: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
};

const faultyFields = (change: object) =>
  announcementFaults({ ...file, ...change }).map((fault) => fault.field);

test('an ordinary file has no fault', () => {
  expect(announcementFaults(file)).toEqual([]);
});

test('the checksum may be left out', () => {
  expect(faultyFields({ checksumSha256: undefined })).toEqual([]);
});

test.each([
  '',
  '  ',
  '.',
  '..',
  'a/b',
  'a\\b',
  'a\nb',
  'a\u0000',
  'a\u0085',
  'a\u2028',
  'ü'.repeat(128),
  'a\ud800',
])('the name %j is refused', (fileName) => {
  expect(faultyFields({ fileName })).toEqual(['file_name']);
});

test.each(['\u200e', '\u200f', '\u202a', '\u202e', '\u2066', '\u2069', '\u061c'])(
  'a name that turns the direction of writing by %j is refused',
  (control) => {
    expect(faultyFields({ fileName: `invoice${control}gpj.exe` })).toEqual(['file_name']);
  },
);

test.each(['חשבונית.pdf', 'فاتورة.pdf', '👩\u200d🚀.png'])('the name %j is taken', (fileName) => {
  expect(faultyFields({ fileName })).toEqual([]);
});

test('a name of exactly 255 bytes is taken', () => {
  expect(faultyFields({ fileName: 'a'.repeat(255) })).toEqual([]);
});

test.each([0, -1, 1.5, Number.NaN, 2 ** 53])('the size %p is refused', (fileSize) => {
  expect(faultyFields({ fileSize })).toEqual(['file_size']);
});

test.each(['', 'png', 'image/', 'image/png; charset=x', 'IMAGE/PNG', 'image/png\r\nx: y'])(
  'the type %j is refused',
  (contentType) => {
    expect(faultyFields({ contentType })).toEqual(['content_type']);
  },
);

test.each([
  '',
  'abc',
  '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU',
  '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=',
])('the checksum %j is refused', (checksumSha256) => {
  expect(faultyFields({ checksumSha256 })).toEqual(['checksum_sha256']);
});

test('all faults are told at once', () => {
  expect(faultyFields({ fileName: '', fileSize: 0, contentType: 'x' })).toEqual([
    'file_name',
    'file_size',
    'content_type',
  ]);
});

test('a file over the limit is refused with both figures', () => {
  expect(() => assertAcceptable(file, 11)).toThrow(
    expect.objectContaining({ code: 'file_too_large', facts: { limit: 11, size: 12 } }),
  );
});

test('a file of exactly the limit is taken', () => {
  expect(() => assertAcceptable(file, 12)).not.toThrow();
});
