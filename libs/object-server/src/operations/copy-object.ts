import { checksumHeaders } from '../attributes/object-headers';
import { readAttributes } from '../attributes/read-attributes';
import { readWriteGuard } from '../conditions/write-guard';
import { S3Error } from '../errors/s3-error';
import { quoteEtag } from '../http/etag';
import type { S3Call } from '../http/s3-call';
import { amzHeader, type S3Request } from '../http/s3-request';
import { xmlResponse, type S3Response } from '../http/s3-response';
import { wholeSeconds, type ObjectAttributes, type ObjectRecord } from '../store/records';
import { leaf, xmlDocument } from '../xml/build-xml';
import { checksumLeaf } from './checksum-leaf';
import { assertCondition, assertCopySize, parseSource } from './copy-source';

/**
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html. The copy shares the source's bytes on the disk, and
 * keeps its ETag and checksum even when the source was made of parts (S3 would compute them anew).
 */
export async function copyObject({ request, bucket, key, store }: S3Call): Promise<S3Response> {
  const source = parseSource(amzHeader(request, 'x-amz-copy-source') ?? '');
  const directives = readDirectives(request);
  const guard = readWriteGuard(request);
  const original = store.objects.require(source.bucket, source.key);
  checkSource(request, original);
  if (source.bucket === bucket && source.key === key && directives.metadata === 'COPY') {
    throw new S3Error('InvalidRequest', {
      message:
        "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    });
  }
  const attributes = chooseAttributes(request, original, directives);

  const release = store.pieces.hold(original.pieces);
  try {
    const pieces = await store.pieces.duplicate(original.pieces);
    const lastModified = wholeSeconds(Date.now());
    const { size, etag, checksum } = original;
    await store.objects.put(
      bucket,
      { key, size, etag, checksum, pieces, lastModified, ...attributes },
      guard,
    );
    return copyResult({ ...original, lastModified });
  } finally {
    await release();
  }
}

function copyResult({ etag, lastModified, checksum }: ObjectRecord): S3Response {
  const document = xmlDocument(
    'CopyObjectResult',
    leaf('LastModified', new Date(lastModified).toISOString()),
    leaf('ETag', quoteEtag(etag)),
    checksumLeaf(checksum),
  );
  return xmlResponse(document, checksumHeaders(checksum));
}

function checkSource(request: S3Request, source: ObjectRecord): void {
  assertCondition(request, source);
  assertCopySize(source.size);
  const algorithm = amzHeader(request, 'x-amz-checksum-algorithm');
  if (algorithm !== undefined && algorithm !== source.checksum?.algorithm)
    throw new S3Error('NotImplemented');
}

type Directive = 'COPY' | 'REPLACE';

interface Directives {
  metadata: Directive;
  tagging: Directive;
}

function readDirectives(request: S3Request): Directives {
  const read = (name: string): Directive => {
    const value = amzHeader(request, name) ?? 'COPY';
    if (value === 'COPY' || value === 'REPLACE') return value;
    throw new S3Error('InvalidArgument', {
      message: `Unknown directive in ${name}.`,
      fields: { ArgumentName: name, ArgumentValue: value },
    });
  };
  return { metadata: read('x-amz-metadata-directive'), tagging: read('x-amz-tagging-directive') };
}

function chooseAttributes(
  request: S3Request,
  source: ObjectAttributes,
  directives: Directives,
): ObjectAttributes {
  const given = readAttributes(request);
  const { headers, metadata } = directives.metadata === 'REPLACE' ? given : source;
  return { headers, metadata, tags: directives.tagging === 'REPLACE' ? given.tags : source.tags };
}
