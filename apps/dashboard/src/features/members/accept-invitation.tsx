import { Button, Group } from '@mantine/core';
import type { Project } from '@slipway/sdk';
import { IconMailOpened } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { describeError } from '../../ui/describe-error';
import { Notice } from '../../ui/notice';
import { usePeople } from '../../ui/use-people';

interface AcceptInvitationProps {
  token: string;
  onJoined: (project: Project) => void;
}

/** Where the link of an invitation leads. Nobody joins by opening a mail: it takes a press of the button. */
export function AcceptInvitation({ token, onJoined }: AcceptInvitationProps) {
  const { invitations } = usePeople();
  const join = useMutation({ mutationFn: () => invitations.accept(token), onSuccess: onJoined });
  return (
    <Notice
      icon={<IconMailOpened size={38} stroke={1.3} />}
      title={join.error ? 'You have not joined' : 'You were invited to a project'}
      text={join.error ? describeError(join.error) : 'Join, and you find it among your projects.'}
      action={
        <Group justify="center">
          <Button component="a" href="#/" variant="default">
            {join.error ? 'To all projects' : 'Not now'}
          </Button>
          {!join.error && (
            <Button loading={join.isPending} onClick={() => join.mutate()}>
              Join the project
            </Button>
          )}
        </Group>
      }
    />
  );
}
