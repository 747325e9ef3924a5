import { S3Error } from '../errors/s3-error';
import { Query } from './query';
import { decodeUriComponent } from './uri-encoding';

const MAX_KEY_BYTES = 1024;

/** What the request line names. */
export interface RequestTarget {
  /** Decoded and otherwise as sent: `..` and `//` are ordinary parts of a key and must never be resolved. */
  path: string;
  /** Empty for requests about the service itself. */
  bucket: string;
  /** Empty for requests about a bucket. */
  key: string;
  query: Query;
}

/** Path-style addressing: `/bucket/key`. */
export function parseRequestTarget(url: string): RequestTarget {
  const target = url.replace(/^https?:\/\/[^/?]*/i, '');
  const questionMark = target.indexOf('?');
  const rawPath = questionMark === -1 ? target : target.slice(0, questionMark);
  const query = new Query(questionMark === -1 ? '' : target.slice(questionMark + 1));
  const path = decodeUriComponent(rawPath === '' ? '/' : rawPath);
  if (!path.startsWith('/')) throw new S3Error('InvalidURI');
  const slash = path.indexOf('/', 1);
  const bucket = slash === -1 ? path.slice(1) : path.slice(1, slash);
  const key = slash === -1 ? '' : path.slice(slash + 1);
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) {
    throw new S3Error('KeyTooLongError', { fields: { MaxSizeAllowed: String(MAX_KEY_BYTES) } });
  }
  return { path, bucket, key, query };
}
