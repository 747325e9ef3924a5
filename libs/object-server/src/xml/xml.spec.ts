import * as fc from 'fast-check';
import { leaf } from './build-xml';
import { escapeXml } from './escape-xml';
import { unescapeXml } from './unescape-xml';
import { XmlElement } from './xml-element';

test('any text survives escaping', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const escaped = escapeXml(text);
      expect(escaped).not.toMatch(/[<>"]/);
      expect(unescapeXml(escaped)).toBe(text);
    }),
  );
});

test('spaces around a text are part of it', () => {
  const root = XmlElement.parse(
    `<Delete>\n  <Object>${leaf('Key', ' a & b ')}</Object>\n</Delete>`,
    'Delete',
  );
  expect(root.child('Object')?.text('Key')).toBe(' a & b ');
});

test('elements are found whether there is one or many, with or without a namespace prefix', () => {
  const one = XmlElement.parse('<R><A>1</A></R>', 'R');
  const many = XmlElement.parse('<s:R xmlns:s="x"><s:A>1</s:A><s:A>2</s:A></s:R>', 'R');
  expect(one.children('A').map((child) => child.asText())).toEqual(['1']);
  expect(many.children('A').map((child) => child.asText())).toEqual(['1', '2']);
  expect(() => many.child('A')).toThrow('not well-formed');
});

test.each([
  ['no XML', 'hello'],
  ['an open element', '<R><A></R>'],
  ['another root', '<S/>'],
  ['its own entities', '<!DOCTYPE R [<!ENTITY a "b">]><R>&a;</R>'],
])('a document with %s is refused', (_, xml) => {
  expect(() => XmlElement.parse(xml, 'R')).toThrow('not well-formed');
});

test('an unknown entity stays as it is', () => {
  expect(unescapeXml('&nbsp;&#x110000;&#65;&#x42;')).toBe('&nbsp;&#x110000;AB');
});
