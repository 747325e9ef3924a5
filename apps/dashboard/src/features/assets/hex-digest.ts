/** The API has digests in base64, as S3 does; `sha256sum` and people have them in hexadecimal. */
export const hexOfBase64 = (base64: string): string =>
  Array.from(atob(base64), (char) => char.charCodeAt(0).toString(16).padStart(2, '0')).join('');
