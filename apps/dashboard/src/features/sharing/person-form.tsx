import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { faultOfEmail } from '../../ui/check-fields';
import { faultsOfFields } from '../../ui/form-faults';
import { FormFault } from '../../ui/form-fault';
import { tell } from '../../ui/notify';
import { useForm } from '../../ui/use-form';
import { useShareChange } from './share-queries';

/** To one person, who sees the file after signing in with that address. */
export function PersonForm({ assetId }: { assetId: string }) {
  const { create } = useShareChange(assetId);
  const form = useForm({
    initial: { email: '' },
    names: { email: 'The email' },
    check: ({ email }) => faultsOfFields({ email: faultOfEmail(email) }),
    send: ({ email }) => create.mutateAsync({ kind: 'user', email: email.trim() }),
    onDone: () => {
      tell('Shared', `${form.values.email.trim()} sees it under “Shared with me”.`);
      form.reset();
    },
  });
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <Stack gap="sm">
        <FormFault text={form.fault} />
        <Group align="flex-start" gap="sm">
          <TextInput
            label="With a person"
            type="email"
            autoComplete="off"
            placeholder="grace@example.com"
            style={{ flex: '1 1 230px' }}
            {...form.field('email')}
          />
          <Button type="submit" size="md" mt={{ base: 0, xs: 25 }} variant="light" loading={form.sending}>
            Share
          </Button>
        </Group>
        <Text size="sm" c="dimmed">
          Whoever signs in with this address may see and download the file.
        </Text>
      </Stack>
    </form>
  );
}
