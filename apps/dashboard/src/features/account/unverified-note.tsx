import { Alert, Button, Group, Text } from '@mantine/core';
import { useSlipwayClient } from '@slipway/sdk/react';
import { useMutation } from '@tanstack/react-query';
import { MailPreview } from '../../ui/mail-preview';
import { tellFailed } from '../../ui/notify';
import { usePeople } from '../../ui/use-people';
import { useUser } from './session-context';

/** Until the address is confirmed; in development with the mail that waits for it. */
export function UnverifiedNote() {
  const user = useUser();
  const { account } = usePeople();
  const client = useSlipwayClient();
  const send = useMutation({
    mutationFn: async () => {
      const since = client.now();
      await account.sendVerification();
      return since;
    },
    onError: tellFailed('The mail was not sent'),
  });
  if (!user || user.email_verified) return null;
  return (
    <Alert color="tide" variant="light" title="Confirm your address">
      <Group justify="space-between" gap="sm">
        <Text size="sm">{`A mail with a link went to ${user.email}.`}</Text>
        <Button
          size="xs"
          variant="default"
          loading={send.isPending}
          disabled={send.isSuccess}
          onClick={() => send.mutate()}
        >
          {send.isSuccess ? 'Sent again' : 'Send it again'}
        </Button>
      </Group>
      {send.isSuccess && <MailPreview to={user.email} since={send.data} />}
    </Alert>
  );
}
