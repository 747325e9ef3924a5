import { S3Error } from '../errors/s3-error';
import { namesEtag } from '../http/etag';
import type { S3Request } from '../http/s3-request';
import type { Guard } from '../store/objects';

const failed = (condition: string): S3Error =>
  new S3Error('PreconditionFailed', { fields: { Condition: condition } });

/**
 * If-Match and If-None-Match of a write (Amazon S3 User Guide, "Conditional writes"). If-None-Match knows only `*`:
 * NotImplemented for anything else. If-Match on a key without an object is NoSuchKey.
 */
export function readWriteGuard({ headers }: S3Request): Guard {
  const ifMatch = headers.get('if-match');
  const ifNoneMatch = headers.get('if-none-match');
  if (ifNoneMatch !== undefined && ifNoneMatch.trim() !== '*') throw new S3Error('NotImplemented');
  return (current) => {
    if (ifNoneMatch !== undefined && current) throw failed('If-None-Match');
    if (ifMatch === undefined) return;
    if (!current) throw new S3Error('NoSuchKey');
    if (!namesEtag(ifMatch, current.etag)) throw failed('If-Match');
  };
}
