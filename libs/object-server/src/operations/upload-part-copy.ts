import { createHash } from 'node:crypto';
import { S3Error } from '../errors/s3-error';
import { quoteEtag } from '../http/etag';
import type { S3Call } from '../http/s3-call';
import { amzHeader, type S3Request } from '../http/s3-request';
import { xmlResponse, type S3Response } from '../http/s3-response';
import type { ByteRange } from '../pieces/read-pieces';
import { wholeSeconds } from '../store/records';
import { leaf, xmlDocument } from '../xml/build-xml';
import { assertCondition, assertCopySize, parseSource } from './copy-source';
import { readPartNumber } from './upload-part';

/**
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html. Not for an upload with sums of its parts, which
 * would have to be computed here.
 */
export async function uploadPartCopy({ request, bucket, key, store }: S3Call): Promise<S3Response> {
  const number = readPartNumber(request);
  const upload = store.uploads.require(bucket, key, request.query.get('uploadId') ?? '');
  if (upload.checksum !== null) throw new S3Error('NotImplemented');
  const source = parseSource(amzHeader(request, 'x-amz-copy-source') ?? '');
  const original = store.objects.require(source.bucket, source.key);
  assertCondition(request, original);
  const range = readRange(request, original.size);
  assertCopySize(range.end - range.start + 1);

  const release = store.pieces.hold(original.pieces);
  try {
    const md5 = createHash('md5');
    const piece = await store.pieces.receive(hashed(store.pieces.read(original.pieces, range), md5));
    const etag = md5.digest('hex');
    const lastModified = wholeSeconds(Date.now());
    await store.uploads.putPart(bucket, upload, { number, etag, lastModified, checksum: null, piece });
    return copyResult(etag, lastModified);
  } finally {
    await release();
  }
}

/** Both ends must be named and there. */
function readRange(request: S3Request, size: number): ByteRange {
  const header = amzHeader(request, 'x-amz-copy-source-range');
  if (header === undefined) return { start: 0, end: size - 1 };
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(header) ?? [];
  const range = { start: Number(first), end: Number(last) };
  if (range.start <= range.end && range.end < size) return range;
  throw new S3Error('InvalidArgument', {
    message: 'The x-amz-copy-source-range value must be of the form bytes=first-last within the source',
    fields: { ArgumentName: 'x-amz-copy-source-range', ArgumentValue: header },
  });
}

async function* hashed(
  chunks: AsyncIterable<Buffer>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
}

function copyResult(etag: string, lastModified: number): S3Response {
  return xmlResponse(
    xmlDocument(
      'CopyPartResult',
      leaf('LastModified', new Date(lastModified).toISOString()),
      leaf('ETag', quoteEtag(etag)),
    ),
  );
}
