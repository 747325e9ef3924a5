import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useSlipwayClient } from '@slipway/sdk/react';
import { useState } from 'react';
import { faultOfEmail } from '../../ui/check-fields';
import { FormFault } from '../../ui/form-fault';
import { faultsOfFields } from '../../ui/form-faults';
import { type AwaitedMail, MailPreview } from '../../ui/mail-preview';
import { useForm } from '../../ui/use-form';
import { usePeople } from '../../ui/use-people';
import { ACCOUNT_FIELDS } from './check-account';

/** The answer is the same whether there is such an account: nobody learns here who has one. */
export function ForgotForm() {
  const { account } = usePeople();
  const client = useSlipwayClient();
  const [awaited, setAwaited] = useState<AwaitedMail | null>(null);
  const form = useForm({
    initial: { email: '' },
    names: ACCOUNT_FIELDS,
    check: ({ email }) => faultsOfFields({ email: faultOfEmail(email) }),
    send: async ({ email }) => {
      const mail = { to: email.trim(), since: client.now() };
      await account.forgotPassword(mail.to);
      return mail;
    },
    onDone: setAwaited,
  });
  if (awaited) {
    return (
      <Stack gap="md" component="output">
        <Text>
          If there is an account for <strong>{awaited.to}</strong>, a mail with a link is on its way. The link
          works for a short time and once.
        </Text>
        <MailPreview {...awaited} />
      </Stack>
    );
  }
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <Stack gap="md">
        <FormFault text={form.fault} />
        <TextInput label="Email" type="email" autoComplete="username" {...form.field('email')} />
        <Button type="submit" size="md" mt="xs" fullWidth loading={form.sending}>
          Mail me a link
        </Button>
      </Stack>
    </form>
  );
}
