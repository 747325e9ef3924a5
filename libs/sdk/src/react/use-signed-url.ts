import { useMemo, useSyncExternalStore } from 'react';
import type { Client } from '../client/create-client.js';
import { NO_URL, SignedUrlStore, type SignedUrlState, type SignedUrlSubject } from './signed-url-store.js';
import { useSlipwayClient } from './slipway-provider.js';

export interface SignedUrlHookOptions extends Omit<SignedUrlSubject, 'ref'> {
  client?: Client;
}

export interface SignedUrlView extends SignedUrlState {
  /** Has another URL made: for what failed to load by this one. */
  refresh: () => void;
}

const none = (): SignedUrlState => NO_URL;

/**
 * The signed URL of an asset (its id), a `private://` reference or an imported address, renewed before it ends. All that
 * appear on a page at once are asked for in one call.
 */
export function useSignedUrl(
  ref: string,
  { client: given, purpose = 'view', rendition }: SignedUrlHookOptions = {},
): SignedUrlView {
  const { signedUrls } = useSlipwayClient(given);
  const store = useMemo(
    () => new SignedUrlStore(signedUrls, { ref, purpose, rendition }),
    [signedUrls, ref, purpose, rendition],
  );
  return { ...useSyncExternalStore(store.subscribe, store.snapshot, none), refresh: store.refresh };
}
