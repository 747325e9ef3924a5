import { extensionOf, fileKind } from './file-kind';

describe('file kind', () => {
  it.each([
    ['image/jpeg', 'a.jpg', 'image'],
    ['model/gltf-binary', 'a.glb', 'model'],
    ['application/pdf', 'a.pdf', 'pdf'],
    ['text/plain; charset=utf-8', 'a.txt', 'text'],
    ['application/zip', 'a.zip', 'archive'],
    ['application/octet-stream', 'a.bin', 'other'],
  ])('%s is told by its type', (type, name, kind) => {
    expect(fileKind({ type, name })).toBe(kind);
  });

  it('falls back to the extension when the type says nothing', () => {
    expect(fileKind({ type: '', name: 'Boat.GLB' })).toBe('model');
    expect(fileKind({ type: 'application/octet-stream', name: 'boat.stl' })).toBe('model');
  });

  it('sees no extension in a hidden file or a name without a dot', () => {
    expect(extensionOf('.bashrc')).toBe('');
    expect(extensionOf('LICENSE')).toBe('');
  });
});
