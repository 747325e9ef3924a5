import { createHash, randomFillSync } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';

const MIB = 1024 * 1024;

/** Bytes that no compression and no deduplication can shorten. Answers their SHA-256, Base64. */
export async function writeRandomFile(path: string, size: number): Promise<string> {
  const hash = createHash('sha256');
  const file = await open(path, 'w');
  try {
    for (let written = 0; written < size; written += MIB) {
      const chunk = randomFillSync(Buffer.alloc(Math.min(MIB, size - written)));
      hash.update(chunk);
      await file.write(chunk);
    }
  } finally {
    await file.close();
  }
  return hash.digest('base64');
}

/** As a browser gives it: with name and date, and its bytes still on disk. */
export async function fileOnDisk(path: string): Promise<File> {
  const { mtimeMs } = await stat(path);
  return new File([await openAsBlob(path)], basename(path), { lastModified: mtimeMs });
}

/** SHA-256, Base64, of what a URL leads to; never all of it in memory. */
export async function sumAt(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok || !response.body) throw new Error(`${response.status} at ${url}`);
  const hash = createHash('sha256');
  for await (const chunk of response.body) hash.update(chunk);
  return hash.digest('base64');
}
