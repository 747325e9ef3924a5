import { namesEtag } from '../http/etag';

export interface ReadConditions {
  ifMatch?: string | undefined;
  ifNoneMatch?: string | undefined;
  ifModifiedSince?: string | undefined;
  ifUnmodifiedSince?: string | undefined;
}

export type ConditionFault = 'If-Match' | 'If-None-Match' | 'If-Modified-Since' | 'If-Unmodified-Since';

interface Version {
  etag: string;
  /** Milliseconds, whole seconds. */
  lastModified: number;
}

/**
 * The condition that does not hold, or null. An ETag condition replaces the date condition beside it, and a date that
 * cannot be read is no condition (RFC 9110, section 13.2.2).
 */
export function findFailedCondition(conditions: ReadConditions, version: Version): ConditionFault | null {
  const { ifMatch, ifNoneMatch } = conditions;
  const modifiedSince = Date.parse(conditions.ifModifiedSince ?? '');
  const unmodifiedSince = Date.parse(conditions.ifUnmodifiedSince ?? '');
  if (ifMatch !== undefined) {
    if (!namesEtag(ifMatch, version.etag)) return 'If-Match';
  } else if (version.lastModified > unmodifiedSince) return 'If-Unmodified-Since';
  if (ifNoneMatch !== undefined) {
    if (namesEtag(ifNoneMatch, version.etag)) return 'If-None-Match';
  } else if (version.lastModified <= modifiedSince) return 'If-Modified-Since';
  return null;
}
