import { S3Error } from '../errors/s3-error';
import { amzHeader, type S3Request } from './s3-request';

/** Accepting one of these and doing nothing would be a lie about how the object is kept. */
const UNSUPPORTED = [
  'x-amz-server-side-encryption',
  'x-amz-copy-source-server-side-encryption',
  'x-amz-object-lock-',
  'x-amz-bucket-object-lock-enabled',
  'x-amz-website-redirect-location',
  'x-amz-write-offset-bytes',
  'x-amz-expected-bucket-owner',
  'x-amz-source-expected-bucket-owner',
];
/** The owner has all rights and nobody else has any, which is what these two say. */
const HARMLESS_ACLS = new Set(['private', 'bucket-owner-full-control']);

/** Throws NotImplemented or AccessControlListNotSupported. */
export function refuseUnsupportedHeaders(request: S3Request): void {
  const names = [...request.headers.names(), ...request.query.pairs.map(([name]) => name.toLowerCase())];
  const unsupported = names.find((name) => UNSUPPORTED.some((prefix) => name.startsWith(prefix)));
  if (unsupported !== undefined) throw new S3Error('NotImplemented', { fields: { Header: unsupported } });
  const storageClass = amzHeader(request, 'x-amz-storage-class') ?? 'STANDARD';
  if (storageClass !== 'STANDARD')
    throw new S3Error('NotImplemented', { fields: { Header: 'x-amz-storage-class' } });
  const acl = amzHeader(request, 'x-amz-acl') ?? 'private';
  if (!HARMLESS_ACLS.has(acl) || names.some((name) => name.startsWith('x-amz-grant-'))) {
    throw new S3Error('AccessControlListNotSupported');
  }
}
