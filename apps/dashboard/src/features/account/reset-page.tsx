import { Button, PasswordInput, Stack } from '@mantine/core';
import { useState } from 'react';
import { faultOfNewPassword, LEAST_PASSWORD } from '../../ui/check-fields';
import { FormFault } from '../../ui/form-fault';
import { faultsOfFields } from '../../ui/form-faults';
import { useForm } from '../../ui/use-form';
import { usePeople } from '../../ui/use-people';
import { AccountFrame } from './account-frame';
import { useSessionStore } from './session-context';

const toSignIn = (
  <Button component="a" href="#/" size="md" fullWidth>
    To the sign-in
  </Button>
);

/** Where the link of a forgotten password leads. */
export function ResetPage({ token }: { token: string }) {
  const { account } = usePeople();
  const session = useSessionStore();
  const [done, setDone] = useState(false);
  const form = useForm({
    initial: { new_password: '' },
    names: { new_password: 'The password' },
    check: ({ new_password: password }) => faultsOfFields({ new_password: faultOfNewPassword(password) }),
    send: async (values) => {
      await account.resetPassword({ token, ...values });
      // The server has ended all of them, and this browser may have had one.
      await session.end();
    },
    onDone: () => setDone(true),
  });
  if (done) {
    return (
      <AccountFrame
        title="Your password is changed"
        text="You were signed out everywhere. Sign in with the new one."
      >
        {toSignIn}
      </AccountFrame>
    );
  }
  return (
    <AccountFrame title="Choose a new password" text="You will be signed out on all your devices.">
      <form onSubmit={form.onSubmit} noValidate>
        <Stack gap="md">
          <FormFault text={form.fault} />
          <PasswordInput
            label="New password"
            description={`At least ${LEAST_PASSWORD} characters`}
            autoComplete="new-password"
            {...form.field('new_password')}
          />
          <Button type="submit" size="md" mt="xs" fullWidth loading={form.sending}>
            Change password
          </Button>
        </Stack>
      </form>
    </AccountFrame>
  );
}
