/**
 * Types a browser may show from the storage's origin. What is not listed only ever downloads: HTML, SVG, XML and
 * script would run as that origin. https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Content-Disposition
 */
const INLINE =
  /^(image\/(jpeg|png|gif|webp|avif|bmp|tiff|heic|heif)|video\/[\w.+-]+|audio\/[\w.+-]+|model\/[\w.+-]+|application\/pdf|text\/plain)$/;

/** `model/x+xml` is XML to a browser too. https://mimesniff.spec.whatwg.org/#xml-mime-type */
const XML = /\+xml$/;

export const mayShowInline = (contentType: string): boolean =>
  INLINE.test(contentType) && !XML.test(contentType);

/** RFC 6266 with the RFC 5987 form for names beyond ASCII. */
export function attachment(fileName: string): string {
  const ascii = fileName.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const extended = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${extended}`;
}
