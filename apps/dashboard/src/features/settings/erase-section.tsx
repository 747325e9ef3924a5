import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { FormFault } from '../../ui/form-fault';
import { faultsOfFields } from '../../ui/form-faults';
import { Section } from '../../ui/section';
import { useForm } from '../../ui/use-form';
import { usePeople } from '../../ui/use-people';

function EraseForm({ onErased, onClose }: { onErased: () => void; onClose: () => void }) {
  const { myData } = usePeople();
  const form = useForm({
    initial: { password: '' },
    names: { password: 'The password' },
    check: ({ password }) => faultsOfFields({ password: password === '' && 'Enter your password.' }),
    send: ({ password }) => myData.erase(password),
    onDone: onErased,
  });
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <Stack gap="md">
        <Text>
          Your account, the projects that are yours and every file in them are erased. Links and shares stop
          working. <strong>Nobody can bring any of it back.</strong>
        </Text>
        <FormFault text={form.fault} />
        <PasswordInput
          label="Your password"
          autoComplete="current-password"
          data-autofocus
          {...form.field('password')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Keep my account
          </Button>
          <Button type="submit" color="keel" loading={form.sending}>
            Erase everything
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function EraseSection({ onErased }: { onErased: () => void }) {
  const [asking, dialog] = useDisclosure(false);
  return (
    <Section
      grave
      title="Erase my account"
      text="With all your projects and files. What others own stays with them."
      actions={
        <Button variant="light" color="keel" size="xs" onClick={dialog.open}>
          Erase my account
        </Button>
      }
    >
      <Modal
        opened={asking}
        onClose={dialog.close}
        title="Erase your account?"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <EraseForm onErased={onErased} onClose={dialog.close} />
      </Modal>
    </Section>
  );
}
