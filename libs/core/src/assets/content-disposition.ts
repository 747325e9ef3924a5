import { safeName } from '../shared/file-name';

/** What browsers that know no `filename*` may be told; some decode `%` there. RFC 6266, appendix D */
const ascii = (name: string): string => name.replace(/[^\x20-\x7e]|["\\%]/gu, '_');

/** RFC 8187 §3.2: `encodeURIComponent`, and the four it leaves that are no `attr-char`. */
const extended = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/** Needs neither escapes nor the second form: most names, of a hundred on a page. */
const PLAIN = /^[A-Za-z0-9_-][A-Za-z0-9 ._-]*$/;

/**
 * RFC 6266: shown in the browser or saved, in both cases under this name. Printable ASCII whatever the name is, so that
 * nothing in it ends the parameter or the header.
 */
export function contentDisposition(type: 'inline' | 'attachment', fileName: string): string {
  if (PLAIN.test(fileName)) return `${type}; filename="${fileName}"`;
  const name = safeName(fileName);
  return `${type}; filename="${ascii(name)}"; filename*=UTF-8''${extended(name)}`;
}
