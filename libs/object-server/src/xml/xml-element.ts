import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { S3Error } from '../errors/s3-error';
import { unescapeXml } from './unescape-xml';

/** Entities are left to `unescapeXml`, so a document cannot define one that explodes. Spaces matter: keys may hold them. */
const parser = new XMLParser({
  ignoreAttributes: true,
  ignoreDeclaration: true,
  removeNSPrefix: true,
  parseTagValue: false,
  processEntities: false,
  trimValues: false,
});

/** A parsed element; every accessor throws MalformedXML when the document is not as the schema says. */
export class XmlElement {
  private constructor(private readonly content: unknown) {}

  /** The root element, which must have this name. */
  static parse(xml: string, rootName: string): XmlElement {
    if (/<!DOCTYPE/i.test(xml) || XMLValidator.validate(xml) !== true) throw new S3Error('MalformedXML');
    const parsed = parser.parse(xml) as Record<string, unknown>;
    if (!(rootName in parsed)) throw new S3Error('MalformedXML');
    return new XmlElement(parsed[rootName]);
  }

  children(name: string): XmlElement[] {
    const { content } = this;
    if (typeof content !== 'object' || content === null || !(name in content)) return [];
    const value = (content as Record<string, unknown>)[name];
    return (Array.isArray(value) ? value : [value]).map((child) => new XmlElement(child));
  }

  child(name: string): XmlElement | undefined {
    const found = this.children(name);
    if (found.length > 1) throw new S3Error('MalformedXML');
    return found[0];
  }

  childNames(): string[] {
    return typeof this.content === 'object' && this.content !== null
      ? Object.keys(this.content).filter((name) => name !== '#text')
      : [];
  }

  text(name: string): string | undefined {
    return this.child(name)?.asText();
  }

  requireText(name: string): string {
    const text = this.text(name);
    if (text === undefined) throw new S3Error('MalformedXML');
    return text;
  }

  asText(): string {
    if (typeof this.content !== 'string') throw new S3Error('MalformedXML');
    return unescapeXml(this.content);
  }

  /** A whole number of at least `minimum`; undefined when the element is not there. */
  integer(name: string, minimum: number): number | undefined {
    const text = this.text(name)?.trim();
    if (text === undefined) return undefined;
    const value = Number(text);
    if (!/^-?\d+$/.test(text) || value < minimum) throw new S3Error('MalformedXML');
    return value;
  }
}
