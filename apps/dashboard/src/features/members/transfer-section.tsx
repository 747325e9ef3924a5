import { Button, Group, NativeSelect } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useSlipwayClient } from '@slipway/sdk/react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { Section } from '../../ui/section';
import { useMembers } from './member-queries';

function useTransfer(projectId: string) {
  const { projects } = useSlipwayClient();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (userId: string) => projects.transfer(projectId, userId),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['projects'] }),
        queries.invalidateQueries({ queryKey: ['members', projectId] }),
      ]),
  });
}

/** Hands the project, and what its files use of a quota, to another member. */
export function TransferSection({ projectId, myId }: { projectId: string; myId: string }) {
  const { data } = useMembers(projectId);
  const transfer = useTransfer(projectId);
  const [asking, dialog] = useDisclosure(false);
  const others = data?.pages.flatMap((page) => page.data).filter(({ user_id }) => user_id !== myId) ?? [];
  const [chosen, setChosen] = useState('');
  const to = others.find(({ user_id }) => user_id === chosen) ?? others[0];
  const text = to
    ? 'Another member becomes its owner, and its files count for their storage from then on.'
    : 'To hand the project to somebody, invite them first.';
  return (
    <Section title="Hand it over" text={text}>
      {to && (
        <Group align="flex-end" gap="sm">
          <NativeSelect
            label="New owner"
            style={{ flex: '1 1 220px' }}
            value={to.user_id}
            data={others.map(({ user_id, name, email }) => ({ value: user_id, label: `${name} (${email})` }))}
            onChange={(event) => setChosen(event.currentTarget.value)}
          />
          <Button size="md" variant="light" onClick={dialog.open}>
            Hand over
          </Button>
          <ConfirmDialog
            opened={asking}
            onClose={dialog.close}
            title={`Hand this project to ${to.name}?`}
            text={`Its files count for the storage of ${to.name} from then on, and only they can hand it on. You stay an owner.`}
            action="Hand over"
            error={transfer.error}
            loading={transfer.isPending}
            onConfirm={() => transfer.mutate(to.user_id, { onSuccess: dialog.close })}
          />
        </Group>
      )}
    </Section>
  );
}
