import { Button } from '@mantine/core';
import type { Invitation } from '@slipway/sdk/people';
import { IconMail } from '@tabler/icons-react';
import { formatDay } from '../../ui/format-moment';
import { tellFailed } from '../../ui/notify';
import { ROLE_NAMES } from '../../ui/project-role';
import { Row, Rows, RowsState } from '../../ui/rows';
import { Section } from '../../ui/section';
import { InviteForm } from './invite-form';
import { useInvitations, useMembers, usePeopleChange } from './member-queries';
import { MemberRow } from './member-row';

function Invited({ projectId, invitation }: { projectId: string; invitation: Invitation }) {
  const { withdraw } = usePeopleChange(projectId);
  return (
    <Row
      icon={<IconMail size={19} stroke={1.6} />}
      name={invitation.email}
      facts={`${ROLE_NAMES[invitation.role]} · can be accepted until ${formatDay(invitation.expires_at)}`}
      actions={
        <Button
          variant="subtle"
          color="keel"
          size="compact-sm"
          loading={withdraw.isPending}
          aria-label={`Withdraw the invitation of ${invitation.email}`}
          onClick={() => withdraw.mutate(invitation.id, { onError: tellFailed('It was not withdrawn') })}
        >
          Withdraw
        </Button>
      }
    />
  );
}

function InvitationList({ projectId }: { projectId: string }) {
  const { data = [] } = useInvitations(projectId);
  if (data.length === 0) return null;
  return (
    <Rows label="Invitations">
      {data.map((invitation) => (
        <Invited key={invitation.id} projectId={projectId} invitation={invitation} />
      ))}
    </Rows>
  );
}

interface MembersSectionProps {
  projectId: string;
  myId: string;
  mayManage: boolean;
}

export function MembersSection({ projectId, myId, mayManage }: MembersSectionProps) {
  const { data, isPending, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useMembers(projectId);
  const all = data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <Section title="Members" text="Who works in this project, and what each of them may do.">
      {mayManage && <InviteForm projectId={projectId} />}
      <RowsState isPending={isPending} error={error} />
      {all.length > 0 && (
        <Rows label="Members">
          {all.map((member) => (
            <MemberRow
              key={member.user_id}
              projectId={projectId}
              member={member}
              isMe={member.user_id === myId}
              mayManage={mayManage}
            />
          ))}
        </Rows>
      )}
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show more
        </Button>
      )}
      {mayManage && <InvitationList projectId={projectId} />}
    </Section>
  );
}
