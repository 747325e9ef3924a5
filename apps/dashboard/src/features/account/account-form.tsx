import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useSlipwayClient } from '@slipway/sdk/react';
import { useAccountForm } from './use-account-form';

function Fault({ text }: { text: string | null }) {
  return text ? (
    <Alert color="keel" variant="light" role="alert">
      {text}
    </Alert>
  ) : null;
}

export function SignInForm() {
  const { auth } = useSlipwayClient();
  const form = useAccountForm({ email: '', password: '' }, (values) =>
    auth.login({ ...values, email: values.email.trim() }),
  );
  return (
    <form onSubmit={(event) => void form.submit(event)} noValidate>
      <Stack gap="md">
        <Fault text={form.fault} />
        <TextInput label="Email" type="email" autoComplete="username" {...form.field('email')} />
        <PasswordInput label="Password" autoComplete="current-password" {...form.field('password')} />
        <Button type="submit" size="md" mt="xs" fullWidth loading={form.sending}>
          Sign in
        </Button>
      </Stack>
    </form>
  );
}

export function SignUpForm() {
  const { auth } = useSlipwayClient();
  const form = useAccountForm({ name: '', email: '', password: '' }, (values) =>
    auth.signup({ ...values, name: values.name.trim(), email: values.email.trim() }),
  );
  return (
    <form onSubmit={(event) => void form.submit(event)} noValidate>
      <Stack gap="md">
        <Fault text={form.fault} />
        <TextInput label="Name" autoComplete="name" {...form.field('name')} />
        <TextInput label="Email" type="email" autoComplete="username" {...form.field('email')} />
        <PasswordInput
          label="Password"
          description="At least 8 characters"
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
