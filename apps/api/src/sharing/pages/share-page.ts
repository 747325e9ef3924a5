import type { SharedFile } from '@slipway/core/sharing/open-link';
import { describeType, formatSize } from './describe-file';
import type { PageContent } from './document';
import { Html, html } from './html';

/** What chats are told of a link that asks for a password. */
const SHARED_FILE = 'Shared file';

interface SharePage {
  token: string;
  /** Null: the password was not given yet. */
  file: SharedFile | null;
  /** Of the page's own address, as SVG. */
  qrCode: string;
}

/** A share link's page: the file, or the question for its password. */
export function sharePage({ token, file, qrCode }: SharePage): PageContent & { status: number } {
  const qr = html`<details class="qr">
    <summary>QR code of this page</summary>
    <div>${new Html(qrCode)}</div>
  </details>`;
  const isOpen = file !== null && !file.asksPassword;
  return {
    status: 200,
    title: isOpen ? file.name : SHARED_FILE,
    description: isOpen ? factsOf(file) : null,
    image: isOpen ? file.thumbnailUrl : null,
    isIndexed: false,
    main: html`<main class="card">${file === null ? lock(token) : content(token, file)} ${qr}</main>`,
  };
}

const factsOf = ({ contentType, fileSize }: SharedFile): string =>
  `${describeType(contentType)} · ${formatSize(fileSize)}`;

const content = (token: string, file: SharedFile): Html => html`
  ${preview(file)}
  <h1 tabindex="-1"><bdi>${file.name}</bdi></h1>
  <p class="facts">${factsOf(file)}</p>
  ${limits(file)}
  <form data-download method="post" action="../api/s/${token}/download">
    <button>Download</button>
    <p role="status"></p>
  </form>
  <noscript><p>Downloading needs JavaScript.</p></noscript>
`;

/** A thumbnail is smaller than its place, and gets a frame. */
const preview = ({ previewUrl, thumbnailUrl, contentType }: SharedFile): Html =>
  previewUrl === null
    ? html`<div class="preview none" aria-hidden="true">${describeType(contentType)}</div>`
    : html`<div class="preview${previewUrl === thumbnailUrl ? ' framed' : ''}">
        <img src="${previewUrl}" alt="" />
      </div>`;

function limits({ downloadsLeft, expiresAt }: SharedFile): Html | null {
  if (downloadsLeft === null && expiresAt === null) return null;
  const left = downloadsLeft === null ? null : html`<span data-left>${downloadsText(downloadsLeft)}</span>`;
  const until = expiresAt === null ? null : html`<span>Until ${time(expiresAt)}</span>`;
  return html`<p class="limits">${left} ${until}</p>`;
}

const downloadsText = (left: number): string => (left === 1 ? '1 download left' : `${left} downloads left`);

/** In UTC, until the script says it in the visitor's time. */
const time = (at: Date): Html =>
  html`<time datetime="${at.toISOString()}">${at.toISOString().slice(0, 16).replace('T', ' ')} UTC</time>`;

const lock = (token: string): Html => html`
  <h1>This file has a password</h1>
  <p class="facts">Whoever sent you the link knows it.</p>
  <form data-unlock method="post" action="${token}">
    <label for="password">Password</label>
    <input
      id="password"
      name="password"
      type="password"
      maxlength="256"
      autocomplete="off"
      required
      autofocus
    />
    <button>Open</button>
    <p role="alert"></p>
  </form>
  <noscript><p>Opening it needs JavaScript.</p></noscript>
`;
