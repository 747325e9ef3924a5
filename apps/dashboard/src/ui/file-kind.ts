export type FileKind = 'image' | 'model' | 'video' | 'audio' | 'pdf' | 'archive' | 'text' | 'other';

const KIND_OF_TYPE: Record<string, FileKind> = {
  'application/pdf': 'pdf',
  'application/zip': 'archive',
  'application/gzip': 'archive',
  'application/x-tar': 'archive',
  'application/x-7z-compressed': 'archive',
  'application/vnd.rar': 'archive',
  'application/json': 'text',
  'application/xml': 'text',
};

const KIND_OF_GROUP: Record<string, FileKind> = {
  image: 'image',
  model: 'model',
  video: 'video',
  audio: 'audio',
  text: 'text',
};

const KIND_OF_EXTENSION: Record<string, FileKind> = {
  glb: 'model',
  gltf: 'model',
  obj: 'model',
  stl: 'model',
  zip: 'archive',
  gz: 'archive',
  '7z': 'archive',
  rar: 'archive',
  pdf: 'pdf',
  md: 'text',
};

/** `photo.JPG` → `jpg`; empty without an extension. */
export function extensionOf(fileName: string): string {
  const dot = fileName.lastIndexOf('.');
  return dot > 0 ? fileName.slice(dot + 1).toLowerCase() : '';
}

/** What a person would call the file. The extension only decides where the type says nothing. */
export function fileKind({ type, name }: { type: string; name: string }): FileKind {
  const [media = ''] = type.toLowerCase().split(';');
  const group = media.slice(0, media.indexOf('/'));
  return KIND_OF_TYPE[media] ?? KIND_OF_GROUP[group] ?? KIND_OF_EXTENSION[extensionOf(name)] ?? 'other';
}

/** Image types that every current browser draws by itself. */
const DRAWN = new Set([
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'image/avif',
  'image/bmp',
  'image/svg+xml',
]);

export const isDrawnByBrowsers = (type: string): boolean => DRAWN.has(type.toLowerCase());

export const KIND_NAMES: Record<FileKind, string> = {
  image: 'Image',
  model: '3D model',
  video: 'Video',
  audio: 'Audio',
  pdf: 'PDF document',
  archive: 'Archive',
  text: 'Text',
  other: 'File',
};
