import { validateFile } from './validate-file.js';

const png = { name: 'a.png', size: 10, type: 'image/png' };

test.each([
  [png, {}],
  [png, { maxSize: 10 }],
  [png, { allowedTypes: ['image/*'] }],
  [png, { allowedTypes: ['video/mp4', 'image/png'] }],
  [{ ...png, type: 'IMAGE/PNG; x=y' }, { allowedTypes: ['Image/Png'] }],
  [{ ...png, name: 'A.GLB', type: '' }, { allowedTypes: ['.glb'] }],
  [{ ...png, name: 'a.glb', type: '' }, { allowedTypes: ['model/gltf-binary'] }],
  [{ ...png, name: `${'é'.repeat(125)}.png` }, {}],
  [{ ...png, name: 'فاتورة.png' }, {}],
])('%j may be uploaded under %j', (file, rules) => {
  expect(validateFile(file, rules)).toEqual({ valid: true, error: null });
});

test.each([
  [{ ...png, size: 0 }, {}, 'file_empty'],
  [{ ...png, size: 11 }, { maxSize: 10 }, 'file_too_large'],
  [png, { allowedTypes: ['image/jpeg', 'video/*'] }, 'type_not_allowed'],
  [png, { allowedTypes: ['.jpg'] }, 'type_not_allowed'],
  [png, { allowedTypes: [] }, 'type_not_allowed'],
  [{ ...png, name: undefined }, {}, 'file_name_invalid'],
  [{ ...png, name: ' ' }, {}, 'file_name_invalid'],
  [{ ...png, name: '..' }, {}, 'file_name_invalid'],
  [{ ...png, name: 'a/b.png' }, {}, 'file_name_invalid'],
  [{ ...png, name: 'a\\b.png' }, {}, 'file_name_invalid'],
  [{ ...png, name: 'a\u0000.png' }, {}, 'file_name_invalid'],
  [{ ...png, name: 'a\u0085.png' }, {}, 'file_name_invalid'],
  [{ ...png, name: 'a\u2028.png' }, {}, 'file_name_invalid'],
  [{ ...png, name: 'invoice\u202egpj.exe' }, {}, 'file_name_invalid'],
  [{ ...png, name: 'a\u200e.png' }, {}, 'file_name_invalid'],
  [{ ...png, name: 'a\u2069.png' }, {}, 'file_name_invalid'],
  [{ ...png, name: `${'é'.repeat(126)}.png` }, {}, 'file_name_invalid'],
])('%j under %j is refused as %s', (file, rules, code) => {
  expect(validateFile(file, rules)).toMatchObject({ valid: false, error: { name: 'FileError', code } });
});

test('a file that is one byte too large is not said to have what it may have', () => {
  const limit = 100 * 1024 * 1024;
  expect(validateFile({ ...png, size: limit + 1 }, { maxSize: limit }).error?.message).toBe(
    'The file is too large: it may have 100 MB at most.',
  );
});
