import type { Mail } from '@slipway/platform/mail/mail-sender';

/** What a mail says, without its form. Any of it may hold what people typed. */
export interface Letter {
  to: string;
  subject: string;
  /** Paragraphs before the link. */
  before: string[];
  link?: { label: string; url: string };
  /** Paragraphs after it. */
  after?: string[];
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

/** A header ends at its line: whatever could begin another one becomes a space. */
const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();

const paragraph = (html: string): string => `<p>${html}</p>`;

const linkOf = ({ label, url }: NonNullable<Letter['link']>): string =>
  paragraph(`<a href="${escapeHtml(url)}">${escapeHtml(label)}</a>`);

/** The letter as text and as HTML that loads nothing and says the same. */
export function layOut({ to, subject, before, link, after = [] }: Letter): Mail {
  const texts = (paragraphs: string[]): string[] => paragraphs.map(oneLine);
  const htmls = (paragraphs: string[]): string[] =>
    paragraphs.map((text) => paragraph(escapeHtml(oneLine(text))));
  const text = [...texts(before), ...(link ? [`${link.label}:\n${link.url}`] : []), ...texts(after)];
  const html = [...htmls(before), ...(link ? [linkOf(link)] : []), ...htmls(after)];
  return {
    to,
    subject: oneLine(subject),
    text: `${text.join('\n\n')}\n`,
    html: `<!doctype html><meta charset="utf-8"><title>${escapeHtml(oneLine(subject))}</title>${html.join('')}\n`,
  };
}
