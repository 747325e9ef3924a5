import { findFailedCondition } from '../conditions/read-conditions';
import { S3Error } from '../errors/s3-error';
import { amzHeader, type S3Request } from '../http/s3-request';
import { decodeUriComponent } from '../http/uri-encoding';
import type { ObjectRecord } from '../store/records';
import { MAX_PUT_SIZE } from './put-object';

/** `/bucket/key` or `bucket/key`, percent-encoded. */
export function parseSource(header: string): { bucket: string; key: string } {
  const [path = '', versionId] = header.split('?versionId=');
  if (versionId !== undefined && versionId !== 'null') throw new S3Error('NotImplemented');
  const decoded = decodeUriComponent(path).replace(/^\//, '');
  const slash = decoded.indexOf('/');
  if (slash < 1 || slash === decoded.length - 1) {
    throw new S3Error('InvalidArgument', {
      message: 'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
      fields: { ArgumentName: 'x-amz-copy-source', ArgumentValue: header },
    });
  }
  return { bucket: decoded.slice(0, slash), key: decoded.slice(slash + 1) };
}

/** Throws PreconditionFailed. */
export function assertCondition(request: S3Request, source: ObjectRecord): void {
  const condition = (name: string): string | undefined => amzHeader(request, `x-amz-copy-source-${name}`);
  const failed = findFailedCondition(
    {
      ifMatch: condition('if-match'),
      ifNoneMatch: condition('if-none-match'),
      ifModifiedSince: condition('if-modified-since'),
      ifUnmodifiedSince: condition('if-unmodified-since'),
    },
    source,
  );
  if (failed)
    throw new S3Error('PreconditionFailed', { fields: { Condition: `x-amz-copy-source-${failed}` } });
}

/** Throws InvalidRequest above what one copy takes. */
export function assertCopySize(bytes: number): void {
  if (bytes <= MAX_PUT_SIZE) return;
  throw new S3Error('InvalidRequest', {
    message:
      'The specified copy source is larger than the maximum allowable size for a copy source: 5368709120',
  });
}
