import { access, constants, readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { saysOutOfMemory } from '../isolated/isolated-outcome';
import { UndecodableInput } from '../isolated/serve-job';
import { explainImageError } from './explain-image-error';
import { type ImageType, loadersOf } from './image-types';

export interface ImageThumbnailRequest {
  /** Path of a private copy. */
  file: string;
  contentType: ImageType;
  /** Pixels; the thumbnail fits inside. */
  width: number;
  height: number;
}

export interface ImageThumbnail {
  bytes: Buffer;
  contentType: 'image/jpeg';
  /** Pixels of the thumbnail. */
  width: number;
  height: number;
  /** The picture as seen, after its orientation: pixels, or CSS pixels of an SVG. */
  original: { width: number; height: number; format: string };
}

/** Refuses a 300 kB PNG that unfolds to 10 GB, from its header. */
const MOST_PIXELS = 100_000_000;
const QUALITY = 80;
/** An SVG read at this density has its own size in CSS pixels. */
const OWN_DENSITY = 72;

/**
 * Decodes in this process, so call it through a thumbnailer. Gives a JPEG without metadata, alpha on white, the first
 * frame of an animation. Throws `UndecodableInput` for a file that cannot be decoded in full: half a picture would
 * hide from its owner that the file is broken.
 */
export async function makeImageThumbnail(request: ImageThumbnailRequest): Promise<ImageThumbnail> {
  openOnly(request.contentType);
  const input = await readInput(request);
  try {
    return await render(input, request);
  } catch (error) {
    if (saysOutOfMemory(String(error))) throw error;
    throw new UndecodableInput(explainImageError(error), { cause: error });
  }
}

function openOnly(contentType: ImageType): void {
  sharp.cache(false);
  sharp.concurrency(1);
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: [...loadersOf(contentType)] });
}

/** By path an SVG could read its sibling files; from memory it loads nothing. */
async function readInput({ file, contentType }: ImageThumbnailRequest): Promise<Buffer | string> {
  if (contentType === 'image/svg+xml') return readFile(file);
  // A file that is missing here is our fault, not the image's.
  await access(file, constants.R_OK);
  return file;
}

async function render(input: Buffer | string, request: ImageThumbnailRequest): Promise<ImageThumbnail> {
  const { width, height } = request;
  const original = await measure(input, request);
  const density = fittingDensity(original, request);
  const { data, info } = await sharp(input, { limitInputPixels: MOST_PIXELS, failOn: 'error', density })
    .autoOrient()
    .resize(width, height, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#fff' })
    .jpeg({ quality: QUALITY })
    .toBuffer({ resolveWithObject: true });
  return { bytes: data, contentType: 'image/jpeg', width: info.width, height: info.height, original };
}

async function measure(
  input: Buffer | string,
  { contentType }: ImageThumbnailRequest,
): Promise<ImageThumbnail['original']> {
  // The pixels of an SVG are made at the thumbnail's size, however large it calls itself.
  const limitInputPixels = contentType === 'image/svg+xml' ? false : MOST_PIXELS;
  const { autoOrient, format } = await sharp(input, {
    limitInputPixels,
    failOn: 'error',
    density: OWN_DENSITY,
  }).metadata();
  return { ...autoOrient, format };
}

/**
 * Draws an SVG at the size of its thumbnail: an icon gets sharp, a poster does not take a poster's memory.
 * Other formats have their pixels and ignore it.
 */
function fittingDensity(
  original: { width: number; height: number },
  box: { width: number; height: number },
): number {
  const scale = Math.min(box.width / original.width, box.height / original.height);
  return Math.min(Math.max(OWN_DENSITY * scale, 1), 100_000);
}
