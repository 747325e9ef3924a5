import { Button, Group, TextInput } from '@mantine/core';
import type { User } from '@slipway/sdk';
import { FormFault } from '../../ui/form-fault';
import { faultsOfFields } from '../../ui/form-faults';
import { tell } from '../../ui/notify';
import { Section } from '../../ui/section';
import { StatusBadge } from '../../ui/status-badge';
import { useForm } from '../../ui/use-form';
import { usePeople } from '../../ui/use-people';
import classes from './settings.module.css';

export function ProfileSection({ user, onChanged }: { user: User; onChanged: (user: User) => void }) {
  const { account } = usePeople();
  const form = useForm({
    initial: { name: user.name },
    names: { name: 'The name' },
    check: ({ name }) => faultsOfFields({ name: name.trim() === '' && 'Enter your name.' }),
    send: ({ name }) => account.rename(name.trim()),
    onDone: (changed) => {
      onChanged(changed);
      tell('Saved', changed.name);
    },
  });
  return (
    <Section title="Profile">
      <form onSubmit={form.onSubmit} noValidate>
        <FormFault text={form.fault} />
        <Group align="flex-end" gap="sm">
          <TextInput label="Name" autoComplete="name" style={{ flex: '1 1 240px' }} {...form.field('name')} />
          <Button
            type="submit"
            size="md"
            variant="light"
            loading={form.sending}
            disabled={form.values.name.trim() === user.name}
          >
            Save
          </Button>
        </Group>
      </form>
      <p className={classes.email}>
        {user.email}
        <StatusBadge
          text={user.email_verified ? 'Confirmed' : 'Not confirmed yet'}
          tone={user.email_verified ? 'settled' : 'waiting'}
        />
      </p>
    </Section>
  );
}
