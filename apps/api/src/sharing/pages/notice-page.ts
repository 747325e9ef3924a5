import { DomainError } from '@slipway/core/shared/errors';
import { statusOf } from '../../http/problem';
import type { PageContent } from './document';
import { html } from './html';

const notice = (title: string, text: string) => ({ title, text });

const NOTICES = {
  not_found: notice(
    'There is nothing here',
    'The address may be incomplete, or what was here was taken back.',
  ),
  share_expired: notice('This link has expired', 'Ask whoever sent it to you for a new one.'),
  share_exhausted: notice(
    'This link has been used up',
    'It could be downloaded a limited number of times. Ask whoever sent it to you for a new one.',
  ),
};

const hasNotice = (code: string): code is keyof typeof NOTICES => code in NOTICES;

/** What a page says in place of what was asked for. Throws what people can do nothing about. */
export function noticePage(error: unknown): PageContent & { status: number } {
  if (!(error instanceof DomainError) || !hasNotice(error.code)) throw error;
  const { title, text } = NOTICES[error.code];
  return {
    status: statusOf(error.code),
    title,
    description: null,
    image: null,
    isIndexed: false,
    main: html`<main class="card notice">
      <h1>${title}</h1>
      <p>${text}</p>
    </main>`,
  };
}
