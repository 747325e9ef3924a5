import type { IncomingMessage } from 'node:http';

/** As https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations.html names them; those that the product calls. */
export type S3Operation =
  | 'AbortMultipartUpload'
  | 'CompleteMultipartUpload'
  | 'CopyObject'
  | 'CreateMultipartUpload'
  | 'DeleteObject'
  | 'GetObject'
  | 'HeadObject'
  | 'ListMultipartUploads'
  | 'ListObjectsV2'
  | 'ListParts'
  | 'PutObject'
  | 'UploadPart';

export interface S3Request {
  /** Null for what the product calls outside the walk of an upload, such as HeadBucket. */
  operation: S3Operation | null;
  /** The key; of a listing its prefix. */
  key: string;
}

type Asked = Pick<IncomingMessage, 'method' | 'headers'> & { query: URLSearchParams; key: string };

const ofObject: Record<string, (asked: Asked) => S3Operation> = {
  HEAD: () => 'HeadObject',
  GET: ({ query }) => (query.has('uploadId') ? 'ListParts' : 'GetObject'),
  POST: ({ query }) => (query.has('uploads') ? 'CreateMultipartUpload' : 'CompleteMultipartUpload'),
  DELETE: ({ query }) => (query.has('uploadId') ? 'AbortMultipartUpload' : 'DeleteObject'),
  PUT: ({ query, headers }) => {
    if (query.has('partNumber')) return 'UploadPart';
    return headers['x-amz-copy-source'] === undefined ? 'PutObject' : 'CopyObject';
  },
};

function ofBucket({ method, query }: Asked): S3Operation | null {
  if (method !== 'GET') return null;
  if (query.has('uploads')) return 'ListMultipartUploads';
  return query.has('list-type') ? 'ListObjectsV2' : null;
}

/** What a request asks of the storage; the bucket is in its path. */
export function readS3Request({ method = '', url = '', headers }: IncomingMessage): S3Request {
  const { pathname, searchParams: query } = new URL(url, 'http://storage');
  const key = decodeURIComponent(pathname.split('/').slice(2).join('/'));
  const asked = { method, headers, query, key };
  if (key !== '') return { operation: ofObject[method]?.(asked) ?? null, key };
  return { operation: ofBucket(asked), key: query.get('prefix') ?? '' };
}
