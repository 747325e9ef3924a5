import { Button, Loader } from '@mantine/core';
import { useSlipwayClient } from '@slipway/sdk/react';
import { useQuery } from '@tanstack/react-query';
import { describeError } from '../../ui/describe-error';
import { usePeople } from '../../ui/use-people';
import { AccountFrame } from './account-frame';
import { useSessionStore } from './session-context';

/** A query and not an effect: the token is good for once, and whatever is drawn twice must send it once. */
function useVerify(token: string) {
  const { auth } = useSlipwayClient();
  const { account } = usePeople();
  const session = useSessionStore();
  return useQuery({
    queryKey: ['verify', token],
    queryFn: async () => {
      await account.verifyEmail(token);
      if (session.snapshot().user) session.update(await auth.me());
      return true;
    },
    staleTime: Infinity,
    gcTime: Infinity,
    refetchOnWindowFocus: false,
  });
}

/** Where the link that proves an address leads. */
export function VerifyPage({ token }: { token: string }) {
  const { isPending, error } = useVerify(token);
  const goOn = (
    <Button component="a" href="#/" size="md" fullWidth>
      To your projects
    </Button>
  );
  if (isPending) {
    return (
      <AccountFrame title="One moment" text="Your address is being confirmed.">
        <Loader aria-label="Confirming" />
      </AccountFrame>
    );
  }
  if (error) {
    return (
      <AccountFrame title="Your address was not confirmed" text={describeError(error)}>
        {goOn}
      </AccountFrame>
    );
  }
  return (
    <AccountFrame title="Your address is confirmed" text="Thank you. There is nothing more to do.">
      {goOn}
    </AccountFrame>
  );
}
