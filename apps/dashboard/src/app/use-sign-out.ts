import { useSlipwayClient } from '@slipway/sdk/react';
import { useNavigate } from '@tanstack/react-router';
import { useSessionStore } from '../features/account/session-context';
import { useUploads } from '../features/uploads/uploads-context';

/** Time to tell the server what is not coming any more, which only somebody who is signed in may do. */
const FAREWELL_MS = 1500;

export function useSignOut(): (options: { everywhere: boolean }) => Promise<void> {
  const session = useSessionStore();
  const client = useSlipwayClient();
  const navigate = useNavigate();
  const { clear } = useUploads();
  return async (options) => {
    const told = Promise.allSettled([clear(), client.forgetUploads()]);
    // Whether it can be told or not, nobody stays signed in for it.
    await Promise.race([told, new Promise((resolve) => setTimeout(resolve, FAREWELL_MS))]);
    void session.end(options);
    void navigate({ to: '/' });
  };
}
