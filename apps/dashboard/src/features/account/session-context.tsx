import type { User } from '@slipway/sdk';
import type { SessionState, SessionTokens } from '@slipway/sdk/session';
import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';

const SessionContext = createContext<SessionTokens | null>(null);

export function SessionProvider({ store, children }: { store: SessionTokens; children: ReactNode }) {
  return <SessionContext value={store}>{children}</SessionContext>;
}

export function useSessionStore(): SessionTokens {
  const store = useContext(SessionContext);
  if (!store) throw new Error('There is no SessionProvider above.');
  return store;
}

export function useSession(): SessionState {
  const store = useSessionStore();
  return useSyncExternalStore(store.subscribe, store.snapshot);
}

/** For pages that are shown to nobody else. */
export function useUser(): User | null {
  return useSession().user;
}
