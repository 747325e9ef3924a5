/**
 * What the page's Content-Security-Policy lets style elements through by: made anew for each answer with the page.
 * Undefined where nobody sets a policy, as on the development server.
 */
export const styleNonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

// Where the library that locks scrolling behind dialogs looks for it.
Object.assign(globalThis, { __webpack_nonce__: styleNonce() });
