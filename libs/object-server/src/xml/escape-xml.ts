const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
// oxlint-disable-next-line no-control-regex -- keys may hold control characters
const SPECIAL = /[&<>"\u0000-\u001f\u007f]/g;

/** Control characters become references, as S3 writes them: keys may hold them, though XML 1.0 has no way to say so. */
export const escapeXml = (text: string): string =>
  text.replaceAll(SPECIAL, (character) => ENTITIES[character] ?? `&#${character.charCodeAt(0)};`);
