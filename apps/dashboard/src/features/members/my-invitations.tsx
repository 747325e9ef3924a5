import { Button } from '@mantine/core';
import type { MyInvitation } from '@slipway/sdk/people';
import { IconMailOpened } from '@tabler/icons-react';
import { formatDay } from '../../ui/format-moment';
import { tellFailed } from '../../ui/notify';
import { ROLE_NAMES } from '../../ui/project-role';
import { Row, Rows } from '../../ui/rows';
import { Section } from '../../ui/section';
import { useAnswerInvitation, useMyInvitations } from './member-queries';

function InvitationRow({ invitation }: { invitation: MyInvitation }) {
  const answer = useAnswerInvitation();
  const give = (accept: boolean) =>
    answer.mutate({ id: invitation.id, accept }, { onError: tellFailed('Your answer did not arrive') });
  const { project_name: name, role, invited_by: by, expires_at } = invitation;
  return (
    <Row
      icon={<IconMailOpened size={19} stroke={1.6} />}
      name={name}
      facts={`${by} invited you as ${ROLE_NAMES[role].toLowerCase()} · until ${formatDay(expires_at)}`}
      actions={
        <>
          <Button
            variant="default"
            size="xs"
            disabled={answer.isPending}
            aria-label={`Decline ${name}`}
            onClick={() => give(false)}
          >
            Decline
          </Button>
          <Button
            size="xs"
            loading={answer.isPending && answer.variables.accept}
            aria-label={`Join ${name}`}
            onClick={() => give(true)}
          >
            Join
          </Button>
        </>
      }
    />
  );
}

/** Nothing where nobody asked. */
export function MyInvitations() {
  const { data = [] } = useMyInvitations();
  if (data.length === 0) return null;
  return (
    <Section title={data.length === 1 ? 'You were invited to a project' : 'You were invited to projects'}>
      <Rows label="Invitations">
        {data.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} />
        ))}
      </Rows>
    </Section>
  );
}
