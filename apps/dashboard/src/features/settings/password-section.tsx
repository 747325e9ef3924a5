import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { ApiError, type Session } from '@slipway/sdk';
import { faultOfNewPassword, LEAST_PASSWORD } from '../../ui/check-fields';
import { FormFault } from '../../ui/form-fault';
import { faultsOfFields } from '../../ui/form-faults';
import { tell } from '../../ui/notify';
import { Section } from '../../ui/section';
import { useForm } from '../../ui/use-form';
import { usePeople } from '../../ui/use-people';
import classes from './settings.module.css';

const EMPTY = { current_password: '', new_password: '' };

interface PasswordSectionProps {
  email: string;
  /** The session that took the place of all others. */
  onChanged: (session: Session) => void;
}

export function PasswordSection({ email, onChanged }: PasswordSectionProps) {
  const { account } = usePeople();
  const form = useForm({
    initial: EMPTY,
    names: { current_password: 'The password', new_password: 'The new password' },
    check: (values) =>
      faultsOfFields({
        current_password: values.current_password === '' && 'Enter your password.',
        new_password: faultOfNewPassword(values.new_password),
      }),
    send: async (values) => {
      try {
        return await account.changePassword(values);
      } catch (error) {
        throw atCurrentPassword(error);
      }
    },
    onDone: (session) => {
      onChanged(session);
      form.reset();
      tell('Password changed', 'All your other devices are signed out.');
    },
  });
  return (
    <Section title="Password" text="A change signs you out on all your other devices.">
      <form onSubmit={form.onSubmit} noValidate>
        <Stack gap="md">
          <FormFault text={form.fault} />
          {/* For password managers, which would otherwise not know whose password this is. */}
          <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
          <div className={classes.passwords}>
            <PasswordInput
              label="Current password"
              autoComplete="current-password"
              {...form.field('current_password')}
            />
            <PasswordInput
              label="New password"
              placeholder={`At least ${LEAST_PASSWORD} characters`}
              autoComplete="new-password"
              {...form.field('new_password')}
            />
          </div>
          <Group justify="flex-end">
            <Button type="submit" variant="light" loading={form.sending}>
              Change password
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}

/** "Email or password is wrong" would leave people in doubt about an address they were not asked for. */
function atCurrentPassword(error: unknown): unknown {
  if (!(error instanceof ApiError) || error.code !== 'invalid_credentials') return error;
  const errors = [{ field: 'current_password', message: 'is not the right one' }];
  return new ApiError(400, { code: 'invalid_request', errors });
}
