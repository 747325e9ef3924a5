/**
 * Types that a browser may show from the storage's origin: pictures, sound, film, 3D models, plain text and PDF. None of
 * them runs script as that origin, and none is ever taken for one that does: browsers look into the bytes of media only
 * for other media, into plain text only for binary data (https://mimesniff.spec.whatwg.org/#sniffing-in-a-mime-type). PDF
 * is drawn by the browser's own viewer, in a place apart from every origin.
 *
 * A list of what may, because what may not has no end: HTML, XHTML, SVG, MathML and all other XML, script, style sheets,
 * `multipart/x-mixed-replace`, MHTML, and whatever comes next.
 */
const INLINE =
  /^(image\/(jpeg|png|gif|webp|avif|bmp|tiff|heic|heif)|video\/[\w.+-]+|audio\/[\w.+-]+|model\/[\w.+-]+|application\/pdf|text\/plain)$/;

/** `model/x+xml` is XML to a browser too. https://mimesniff.spec.whatwg.org/#xml-mime-type */
const XML = /\+xml$/;

/** `video/html`, say: a name that no registry has, and that some program may take at its word. */
const MARKUP = /html|svg|mathml|script|xsl/;

export const mayShowInline = (contentType: string): boolean =>
  INLINE.test(contentType) && !XML.test(contentType) && !MARKUP.test(contentType);

/**
 * What the storage is told to say in place of a type that must not be shown. Saving is not enough: a script, a style
 * sheet or a service worker is loaded whatever its `Content-Disposition` says.
 */
export const UNSHOWN_TYPE = 'application/octet-stream';
