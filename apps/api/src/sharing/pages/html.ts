/** Markup, as opposed to text. */
export class Html {
  constructor(readonly text: string) {}
}

type Value = string | number | Html | readonly Html[] | null;

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '');

function toText(value: Value): string {
  if (value === null) return '';
  if (value instanceof Html) return value.text;
  return typeof value === 'object' ? value.map(toText).join('') : escape(String(value));
}

/**
 * Markup with values in it: text is escaped, for elements and for attributes in quotes. Not for scripts, styles and
 * names, of which no value is ever a part. OWASP, Cross Site Scripting Prevention, rules 1 and 2.
 */
export const html = (parts: TemplateStringsArray, ...values: Value[]): Html =>
  new Html(String.raw({ raw: parts }, ...values.map(toText)));
