/**
 * The loaders of libvips that may open a file of each type. Everything else it knows stays shut, whatever the file
 * claims to be. HEIC is missing: libvips comes without an HEVC decoder, only with AV1 (AVIF).
 */
const LOADERS = {
  'image/jpeg': ['VipsForeignLoadJpegFile'],
  'image/png': ['VipsForeignLoadPngFile'],
  'image/apng': ['VipsForeignLoadPngFile'],
  'image/webp': ['VipsForeignLoadWebpFile'],
  'image/gif': ['VipsForeignLoadNsgifFile'],
  'image/tiff': ['VipsForeignLoadTiffFile'],
  'image/avif': ['VipsForeignLoadHeifFile'],
  'image/svg+xml': ['VipsForeignLoadSvgBuffer'],
} as const satisfies Record<string, readonly string[]>;

export type ImageType = keyof typeof LOADERS;

export const isImageType = (contentType: string): contentType is ImageType =>
  Object.hasOwn(LOADERS, contentType);

export const loadersOf = (contentType: ImageType): readonly string[] => LOADERS[contentType];
