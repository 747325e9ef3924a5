import { S3Error } from '../errors/s3-error';

/** RFC 3986: all but the unreserved characters, as Signature Version 4 wants it. */
export const encodeUriComponent = (value: string): string =>
  encodeURIComponent(value).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** As above, but slashes stay. */
export const encodeUriPath = (path: string): string => path.split('/').map(encodeUriComponent).join('/');

/** Throws InvalidURI where the escapes are not UTF-8. */
export function decodeUriComponent(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw new S3Error('InvalidURI');
  }
}
