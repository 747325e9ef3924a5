/** Types browsers leave empty: they know a file only by what the operating system registered for its extension. */
const TYPE_OF_EXTENSION: Record<string, string> = {
  glb: 'model/gltf-binary',
  gltf: 'model/gltf+json',
  obj: 'model/obj',
  stl: 'model/stl',
  ply: 'model/ply',
  usdz: 'model/vnd.usdz+zip',
  avif: 'image/avif',
  heic: 'image/heic',
  heif: 'image/heif',
};

const extensionOf = (fileName: string): string => fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase();

/** The media type to announce: lower case and without parameters, since the storage compares it letter by letter. */
export function contentTypeOf(file: { type: string }, fileName: string): string {
  const own = file.type.split(';', 1)[0]?.trim().toLowerCase();
  return own || TYPE_OF_EXTENSION[extensionOf(fileName)] || 'application/octet-stream';
}
