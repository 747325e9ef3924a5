import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { safeFetch } from '@slipway/platform/fetch/safe-fetch';
import type { FetchRules } from '@slipway/platform/fetch/fetch-rules';
import { withPrivateFile } from '@slipway/platform/media/isolated/private-file';
import { SNIFF_BYTES } from '@slipway/platform/media/sniff/detect-content-type';
import { nameOfFile, typeOfFile } from './describe-file';

/** A file that was fetched, for as long as it is worked with. */
export interface LocalFile {
  path: string;
  fileName: string;
  /** Bytes. */
  fileSize: number;
  contentType: string;
  /** Base64. */
  checksumSha256: string;
}

/** Throws `FetchRefusal`, or the signal's reason. The file is gone when `use` ends. */
export function fetchToFile<Result>(
  address: string,
  { rules, signal }: { rules: FetchRules; signal?: AbortSignal | undefined },
  use: (file: LocalFile) => Promise<Result>,
): Promise<Result> {
  const { maxBytes } = rules;
  return safeFetch(new URL(address), { rules, signal }, async ({ contentType: told, body }) => {
    const hash = createHash('sha256');
    let fileSize = 0;
    async function* measured(): AsyncGenerator<Buffer> {
      for await (const chunk of body as AsyncIterable<Buffer>) {
        hash.update(chunk);
        fileSize += chunk.length;
        yield chunk;
      }
    }
    return withPrivateFile(Readable.from(measured()), { maxBytes, signal }, async (path) =>
      use({
        path,
        fileName: nameOfFile(address),
        fileSize,
        contentType: await typeOfFile(told, await readPiece(path, 0, Math.min(SNIFF_BYTES, fileSize))),
        checksumSha256: hash.digest('base64'),
      }),
    );
  });
}

/** Exactly `length` bytes from `offset`. */
export async function readPiece(path: string, offset: number, length: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const piece = Buffer.alloc(length);
    for (let read = 0; read < length;) {
      const { bytesRead } = await file.read(piece, read, length - read, offset + read);
      if (bytesRead === 0) throw new Error(`${path} ends before ${offset + length}`);
      read += bytesRead;
    }
    return piece;
  } finally {
    await file.close();
  }
}
