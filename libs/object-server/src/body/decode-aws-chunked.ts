import { S3Error } from '../errors/s3-error';
import { ByteReader } from './byte-reader';
import type { ChunkSigner } from './chunk-signer';

const MAX_LINE = 1024;
const MAX_TRAILERS = 16;

export interface AwsChunkedOptions {
  /** Null for the unsigned form. */
  signer: ChunkSigner | null;
  /** Filled when the last byte was read. */
  trailers: Map<string, string>;
}

/**
 * The bytes inside an aws-chunked body: `<hex size>[;chunk-signature=…] CR LF <data> CR LF`, the last chunk of size 0, then
 * trailers. A chunk is handed on before its signature is known, so drop everything when this throws.
 */
export async function* decodeAwsChunked(
  source: AsyncIterable<Buffer>,
  options: AwsChunkedOptions,
): AsyncGenerator<Buffer> {
  const reader = new ByteReader(source);
  try {
    for (;;) {
      const header = parseChunkHeader(await reader.readLine(MAX_LINE));
      yield* readChunk(reader, header.size, options.signer);
      options.signer?.endChunk(header.signature);
      if (header.size === 0) break;
      if ((await reader.readLine(MAX_LINE)) !== '') throw new S3Error('IncompleteBody');
    }
    await readTrailers(reader, options);
  } finally {
    await reader.close();
  }
}

function parseChunkHeader(line: string): { size: number; signature: string } {
  const match = /^([0-9a-fA-F]{1,12})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(line);
  if (!match) throw new S3Error('IncompleteBody');
  return { size: Number.parseInt(match[1] ?? '', 16), signature: match[2] ?? '' };
}

async function* readChunk(
  reader: ByteReader,
  size: number,
  signer: ChunkSigner | null,
): AsyncGenerator<Buffer> {
  for (let left = size; left > 0;) {
    const data = await reader.readSome(left);
    signer?.update(data);
    left -= data.length;
    yield data;
  }
}

/** `name:value` lines up to an empty line or the end of the body; a signed body signs them too. */
async function readTrailers(reader: ByteReader, { signer, trailers }: AwsChunkedOptions): Promise<void> {
  let signature: string | null = null;
  while (!(await reader.isAtEnd())) {
    const line = await reader.readLine(MAX_LINE);
    if (line === '') break;
    const colon = line.indexOf(':');
    if (colon < 1 || trailers.size === MAX_TRAILERS) throw new S3Error('MalformedTrailerError');
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (name === 'x-amz-trailer-signature') signature = value;
    else trailers.set(name, value);
  }
  if (signer && (trailers.size > 0 || signature !== null)) signer.endTrailers(trailers, signature ?? '');
  if (!(await reader.isAtEnd())) throw new S3Error('IncompleteBody');
}
