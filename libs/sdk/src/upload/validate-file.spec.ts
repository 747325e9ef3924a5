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
  [{ ...png, name: `${'é'.repeat(126)}.png` }, {}, 'file_name_invalid'],
])('%j under %j is refused as %s', (file, rules, code) => {
  expect(validateFile(file, rules)).toMatchObject({ valid: false, error: { name: 'FileError', code } });
});

test('a file that is too large is told in the sizes people know', () => {
  expect(validateFile({ ...png, size: 3 * 1024 * 1024 }, { maxSize: 2_000_000 }).error?.message).toBe(
    'The file is too large: 3 MB, at most 1.9 MB.',
  );
});
