import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { Section } from '../../ui/section';
import { usePeople } from '../../ui/use-people';

interface LeaveSectionProps {
  project: { id: string; name: string };
  myId: string;
  onLeft: () => void;
}

export function LeaveSection({ project, myId, onLeft }: LeaveSectionProps) {
  const { members } = usePeople();
  const queries = useQueryClient();
  const [asking, dialog] = useDisclosure(false);
  const leave = useMutation({
    mutationFn: () => members.remove(project.id, myId),
    onSuccess: () => {
      onLeft();
      return queries.invalidateQueries({ queryKey: ['projects', 'list'] });
    },
  });
  return (
    <Section
      title="Leave"
      text="You lose access at once. Coming back takes another invitation."
      actions={
        <Button variant="light" color="keel" onClick={dialog.open}>
          Leave project
        </Button>
      }
    >
      <ConfirmDialog
        opened={asking}
        onClose={dialog.close}
        title={`Leave ${project.name}?`}
        text="What you have uploaded stays in the project."
        action="Leave"
        keep="Stay"
        error={leave.error}
        loading={leave.isPending}
        onConfirm={() => leave.mutate()}
      />
    </Section>
  );
}
