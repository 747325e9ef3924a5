import { Button, Group, Modal, NativeSelect, Stack, Switch, Text, TextInput } from '@mantine/core';
import type { AdminUser, UpdateUserInput } from '@slipway/sdk/admin';
import { FormFault } from '../../ui/form-fault';
import { faultsOfFields } from '../../ui/form-faults';
import { bytesOfGigabytes, gigabytesOf } from '../../ui/gigabytes';
import { tell } from '../../ui/notify';
import { useForm } from '../../ui/use-form';
import { useTiers, useUserChange } from './admin-queries';

interface UserValues {
  tier: string;
  /** GiB; empty for the tier's. */
  quota: string;
  isAdmin: boolean;
  isSuspended: boolean;
}

const inputOf = ({ tier, quota, isAdmin, isSuspended }: UserValues): UpdateUserInput => ({
  tier,
  max_bytes: quota.trim() === '' ? null : bytesOfGigabytes(quota),
  role: isAdmin ? 'admin' : 'user',
  suspended: isSuspended,
});

const valuesOf = (user: AdminUser): UserValues => ({
  tier: user.tier,
  quota: user.max_bytes === null ? '' : gigabytesOf(user.max_bytes),
  isAdmin: user.role === 'admin',
  isSuspended: user.suspended_at !== null,
});

function useUserForm(user: AdminUser, onClose: () => void) {
  const change = useUserChange(user.id);
  return useForm({
    initial: valuesOf(user),
    names: { tier: 'The tier', max_bytes: 'The quota' },
    check: ({ quota }) =>
      faultsOfFields({
        quota:
          quota.trim() !== '' && bytesOfGigabytes(quota) === null && 'Enter an amount in GiB, or nothing.',
      }),
    send: (values) => change.mutateAsync(inputOf(values)),
    onDone: () => {
      tell('Saved', 'It is in force at their next call.');
      onClose();
    },
  });
}

function UserForm({ user, isMe, onClose }: { user: AdminUser; isMe: boolean; onClose: () => void }) {
  const form = useUserForm(user, onClose);
  const { data: tiers = [] } = useTiers();
  const names = tiers.length > 0 ? tiers.map(({ name }) => name) : [user.tier];
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {user.email}
        </Text>
        <FormFault text={form.fault} />
        <Group align="flex-start" gap="sm" grow>
          <NativeSelect label="Tier" data={names} {...form.field('tier')} />
          <TextInput
            label="Storage in GiB"
            placeholder="As the tier has it"
            inputMode="decimal"
            {...form.field('quota')}
          />
        </Group>
        <Switch
          label="Administrator"
          description="Runs the installation. That opens nobody’s projects."
          disabled={isMe}
          checked={form.values.isAdmin}
          onChange={(event) => form.set({ isAdmin: event.currentTarget.checked })}
        />
        <Switch
          color="keel"
          label="Suspended"
          description="Signed out everywhere, and their keys and links stop working until this is off again."
          disabled={isMe}
          checked={form.values.isSuspended}
          onChange={(event) => form.set({ isSuspended: event.currentTarget.checked })}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={form.sending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface UserDialogProps {
  user: AdminUser | null;
  isMe: boolean;
  onClose: () => void;
}

export function UserDialog({ user, isMe, onClose }: UserDialogProps) {
  return (
    <Modal
      opened={user !== null}
      onClose={onClose}
      title={user?.name}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {user && <UserForm key={user.id} user={user} isMe={isMe} onClose={onClose} />}
    </Modal>
  );
}
