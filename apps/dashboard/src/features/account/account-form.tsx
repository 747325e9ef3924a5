import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useSlipwayClient } from '@slipway/sdk/react';
import { LEAST_PASSWORD } from '../../ui/check-fields';
import { FormFault } from '../../ui/form-fault';
import { useForm } from '../../ui/use-form';
import { ACCOUNT_FIELDS, checkAccount } from './check-account';
import { useSessionStore } from './session-context';

export function SignInForm({ onForgotten }: { onForgotten: () => void }) {
  const { auth } = useSlipwayClient();
  const session = useSessionStore();
  const form = useForm({
    initial: { email: '', password: '' },
    names: ACCOUNT_FIELDS,
    check: checkAccount,
    send: (values) => auth.login({ ...values, email: values.email.trim() }),
    onDone: session.adopt,
  });
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <Stack gap="md">
        <FormFault text={form.fault} />
        <TextInput label="Email" type="email" autoComplete="username" {...form.field('email')} />
        <PasswordInput label="Password" autoComplete="current-password" {...form.field('password')} />
        <Button type="submit" size="md" mt="xs" fullWidth loading={form.sending}>
          Sign in
        </Button>
        <Button variant="subtle" size="compact-sm" onClick={onForgotten}>
          Forgot your password?
        </Button>
      </Stack>
    </form>
  );
}

export function SignUpForm() {
  const { auth } = useSlipwayClient();
  const session = useSessionStore();
  const form = useForm({
    initial: { name: '', email: '', password: '' },
    names: ACCOUNT_FIELDS,
    check: checkAccount,
    send: (values) => auth.signup({ ...values, name: values.name.trim(), email: values.email.trim() }),
    onDone: session.adopt,
  });
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <Stack gap="md">
        <FormFault text={form.fault} />
        <TextInput label="Name" autoComplete="name" {...form.field('name')} />
        <TextInput label="Email" type="email" autoComplete="username" {...form.field('email')} />
        <PasswordInput
          label="Password"
          description={`At least ${LEAST_PASSWORD} characters`}
          autoComplete="new-password"
          {...form.field('password')}
        />
        <Button type="submit" size="md" mt="xs" fullWidth loading={form.sending}>
          Create account
        </Button>
      </Stack>
    </form>
  );
}
