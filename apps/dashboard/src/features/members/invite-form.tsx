import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import type { ProjectRole } from '@slipway/sdk/people';
import { useSlipwayClient } from '@slipway/sdk/react';
import { useState } from 'react';
import { faultOfEmail } from '../../ui/check-fields';
import { faultsOfFields } from '../../ui/form-faults';
import { FormFault } from '../../ui/form-fault';
import { type AwaitedMail, MailPreview } from '../../ui/mail-preview';
import { ROLE_MEANINGS, ROLE_NAMES, ROLES } from '../../ui/project-role';
import { useForm } from '../../ui/use-form';
import { usePeopleChange } from './member-queries';

const INITIAL: { email: string; role: ProjectRole } = { email: '', role: 'viewer' };

export function InviteForm({ projectId }: { projectId: string }) {
  const { add } = usePeopleChange(projectId);
  const client = useSlipwayClient();
  const [awaited, setAwaited] = useState<AwaitedMail | null>(null);
  const form = useForm({
    initial: INITIAL,
    names: { email: 'The email', role: 'The role' },
    check: ({ email }) => faultsOfFields({ email: faultOfEmail(email) }),
    send: async ({ email, role }) => {
      const mail = { to: email.trim(), since: client.now() };
      await add.mutateAsync({ email: mail.to, role });
      return mail;
    },
    onDone: (mail) => {
      setAwaited(mail);
      form.reset();
    },
  });
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <Stack gap="sm">
        <FormFault text={form.fault} />
        <Group align="flex-start" gap="sm">
          <TextInput
            label="Invite by email"
            type="email"
            autoComplete="off"
            placeholder="grace@example.com"
            style={{ flex: '1 1 220px' }}
            {...form.field('email')}
          />
          <NativeSelect
            label="As"
            style={{ flex: '0 1 150px' }}
            data={ROLES.map((role) => ({ value: role, label: ROLE_NAMES[role] }))}
            {...form.field('role')}
          />
          <Button type="submit" size="md" mt={{ base: 0, xs: 25 }} loading={form.sending}>
            Invite
          </Button>
        </Group>
        <Text size="sm" c="dimmed">
          {`${ROLE_NAMES[form.values.role]}: ${ROLE_MEANINGS[form.values.role]}.`}
        </Text>
        {awaited && (
          <output>
            <Text size="sm" mb={6}>
              <strong>{awaited.to}</strong> gets a mail, and finds the invitation here after signing in.
            </Text>
            <MailPreview {...awaited} />
          </output>
        )}
      </Stack>
    </form>
  );
}
