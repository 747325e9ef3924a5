import { isIP } from 'node:net';

export interface BucketAddressOptions {
  /** For instance `https://storage.example.com`; unset means Amazon S3 of the region. */
  endpoint?: string | undefined;
  bucket: string;
  region: string;
  forcePathStyle: boolean;
}

export interface BucketAddress {
  /** Scheme, host and port. */
  origin: string;
  /** As the Host header carries it: without the scheme's own port. */
  host: string;
  /** What stands before the key in the path; begins and ends with a slash. */
  basePath: string;
}

const HOST_LABEL = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;

/** A bucket can be a part of the host name; with TLS only as one label, since a wildcard certificate covers no more. */
function fitsIntoHost(bucket: string, tls: boolean): boolean {
  const labels = bucket.split('.');
  if (tls && labels.length > 1) return false;
  return labels.every((label) => HOST_LABEL.test(label));
}

export const amazonEndpoint = (region: string): string =>
  `https://s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;

/** Where the bucket's objects are reached, by the same rules as the AWS SDK's, so that both sign for the same host. */
export function bucketAddress({
  endpoint,
  bucket,
  region,
  forcePathStyle,
}: BucketAddressOptions): BucketAddress {
  const url = new URL(endpoint ?? amazonEndpoint(region));
  const prefix = url.pathname.replace(/\/+$/, '');
  const named = url.hostname.replace(/^\[|\]$/g, '');
  if (forcePathStyle || isIP(named) !== 0 || !fitsIntoHost(bucket, url.protocol === 'https:')) {
    return { origin: url.origin, host: url.host, basePath: `${prefix}/${bucket}/` };
  }
  const host = `${bucket}.${url.host}`;
  return { origin: `${url.protocol}//${host}`, host, basePath: `${prefix}/` };
}
