import { html, type Html } from './html';
import { addressOf, SCRIPT, STYLE } from './page-files';

export interface PageContent {
  /** Of the tab, and of what chats show of a link to it. */
  title: string;
  /** One line for the same; nothing that the page itself does not tell. */
  description: string | null;
  /** Signed address of a small picture for the same. */
  image: string | null;
  /** Whether search engines may keep it. */
  isIndexed: boolean;
  main: Html;
}

const meta = (property: string, content: string | null): Html | null =>
  content === null ? null : html`<meta property="${property}" content="${content}" />`;

/** A whole page. Works without its script as far as nothing must be sent. */
export function documentOf({ title, description, image, isIndexed, main }: PageContent): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        ${isIndexed ? null : html`<meta name="robots" content="noindex, nofollow, noarchive" />`}
        <title>${title}</title>
        <meta property="og:type" content="website" />
        ${meta('og:title', title)} ${meta('og:description', description)} ${meta('og:image', image)}
        <link rel="stylesheet" href="${addressOf(STYLE)}" />
        <script src="${addressOf(SCRIPT)}" defer></script>
      </head>
      <body>
        ${main}
      </body>
    </html> `;
  return page.text;
}
