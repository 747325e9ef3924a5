const UNRESERVED_PATH = /^[A-Za-z0-9\-._~/]*$/;

const percent = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

/** RFC 3986 as SigV4 wants it: `encodeURIComponent` leaves `!'()*` alone, S3 signs them escaped. */
export const encodeUri = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/g, percent);

/** An object key as a URL path: the slashes stay, also doubled or leading ones, since they are part of the key. */
export const encodeKey = (key: string): string =>
  UNRESERVED_PATH.test(key) ? key : key.split('/').map(encodeUri).join('/');
