import { escapeXml } from './escape-xml';

/** `<name>text</name>` */
export const leaf = (name: string, text: string | number | boolean): string =>
  `<${name}>${escapeXml(String(text))}</${name}>`;

/** Children are XML already; empty strings leave one out. */
export const branch = (name: string, ...children: string[]): string =>
  `<${name}>${children.join('')}</${name}>`;

export const xmlDocument = (name: string, ...children: string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${children.join('')}</${name}>`;
