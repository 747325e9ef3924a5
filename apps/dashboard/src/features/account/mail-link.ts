import { useSyncExternalStore } from 'react';

export interface MailLink {
  kind: 'reset' | 'verify' | 'invitation';
  token: string;
}

const ADDRESS = /^#\/app\/(reset|verify|invitation)\/([^/?]+)$/;

/** `#/app/reset/<token>`: what a mailed link leads to, whoever is signed in. */
export function mailLinkOf(hash: string): MailLink | null {
  const [, kind, token] = ADDRESS.exec(hash) ?? [];
  return kind && token ? { kind: kind as MailLink['kind'], token: decodeURIComponent(token) } : null;
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  window.addEventListener('popstate', listener);
  return () => {
    window.removeEventListener('hashchange', listener);
    window.removeEventListener('popstate', listener);
  };
}

/** The router is for those who are signed in, and a link by mail may be opened by anybody. */
export function useMailLink(): MailLink | null {
  return mailLinkOf(useSyncExternalStore(subscribe, () => location.hash));
}
