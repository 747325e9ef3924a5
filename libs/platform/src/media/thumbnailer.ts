import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type ImageType, isImageType } from './image/image-types';
import type { ImageThumbnail, ImageThumbnailRequest } from './image/make-image-thumbnail';
import type { IsolatedOutcome } from './isolated/isolated-outcome';
import { IMAGE_LIMITS, type IsolationLimits } from './isolated/isolation-limits';
import { runIsolated } from './isolated/run-isolated';
import { Slots } from './isolated/slots';

export type ThumbnailOutcome = IsolatedOutcome<ImageThumbnail>;

export interface ThumbnailInput {
  /** Path of a private copy of the file. */
  file: string;
  contentType: string;
}

export interface Thumbnailer {
  /** Resolves for whatever the file does; rejects only with `signal`'s reason. */
  thumbnail(
    input: ThumbnailInput,
    size: { width: number; height: number },
    signal?: AbortSignal,
  ): Promise<ThumbnailOutcome>;
}

export interface ThumbnailerOptions {
  /** Decoder processes at a time; each may take `limits.memoryBytes`. */
  concurrency: number;
  limits?: Partial<IsolationLimits>;
}

/** Whether a thumbnail can be made of this type; costs nothing, since no decoder is loaded. */
export function canThumbnail(contentType: string): boolean {
  return isImageType(contentType);
}

/** Makes thumbnails in child processes, a few at a time. */
export function createThumbnailer({ concurrency, limits }: ThumbnailerOptions): Thumbnailer {
  const slots = new Slots(concurrency);
  const bounds = { ...IMAGE_LIMITS, ...limits };
  return {
    async thumbnail({ file, contentType }, size, signal) {
      if (!isImageType(contentType)) return noDecoder(contentType);
      const payload: ImageThumbnailRequest = { file, contentType: contentType satisfies ImageType, ...size };
      return slots.use(() => runIsolated({ entry: decodeChild(), payload, limits: bounds, signal }), signal);
    },
  };
}

function noDecoder(contentType: string): ThumbnailOutcome {
  return {
    ok: false,
    reason: 'input',
    message: `No thumbnail can be made of ${contentType}.`,
    permanent: true,
  };
}

/** Node runs no TypeScript: where this file is run from its source, as in the tests, the child is the built one. */
function decodeChild(): string {
  const beside = join(__dirname, 'isolated/decode-child.js');
  return existsSync(beside)
    ? beside
    : join(__dirname, '../../../../dist/libs/platform/src/media/isolated/decode-child.js');
}
