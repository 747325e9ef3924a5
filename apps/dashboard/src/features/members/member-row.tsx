import { Avatar, Button, NativeSelect, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { Member, ProjectRole } from '@slipway/sdk/people';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { formatDay } from '../../ui/format-moment';
import { tellFailed } from '../../ui/notify';
import { ROLE_NAMES, ROLES } from '../../ui/project-role';
import { Row } from '../../ui/rows';
import { usePeopleChange } from './member-queries';

interface MemberRowProps {
  projectId: string;
  member: Member;
  isMe: boolean;
  mayManage: boolean;
}

function RemoveButton({ projectId, member }: Pick<MemberRowProps, 'projectId' | 'member'>) {
  const { remove } = usePeopleChange(projectId);
  const [asking, dialog] = useDisclosure(false);
  return (
    <>
      <Button
        variant="subtle"
        color="keel"
        size="compact-sm"
        onClick={dialog.open}
        aria-label={`Remove ${member.name}`}
      >
        Remove
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={dialog.close}
        title={`Remove ${member.name}?`}
        text="They lose access at once. Their files stay, and links to files that they made go on working until somebody revokes them."
        action="Remove"
        error={remove.error}
        loading={remove.isPending}
        onConfirm={() => remove.mutate(member.user_id, { onSuccess: dialog.close })}
      />
    </>
  );
}

export function MemberRow({ projectId, member, isMe, mayManage }: MemberRowProps) {
  const { setRole } = usePeopleChange(projectId);
  const change = (role: ProjectRole) =>
    setRole.mutate({ userId: member.user_id, role }, { onError: tellFailed('The role stays as it was') });
  const payer = member.is_payer ? ' · pays for its storage' : '';
  const actions =
    mayManage && !isMe ? (
      <>
        <NativeSelect
          size="sm"
          aria-label={`Role of ${member.name}`}
          value={setRole.isPending ? setRole.variables.role : member.role}
          disabled={setRole.isPending}
          data={ROLES.map((role) => ({ value: role, label: ROLE_NAMES[role] }))}
          onChange={(event) => change(event.currentTarget.value as ProjectRole)}
        />
        {!member.is_payer && <RemoveButton projectId={projectId} member={member} />}
      </>
    ) : (
      <Text size="sm">{ROLE_NAMES[member.role]}</Text>
    );
  return (
    <Row
      icon={<Avatar name={member.name} color="initials" size={38} radius={11} />}
      name={isMe ? `${member.name} (you)` : member.name}
      facts={`${member.email} · since ${formatDay(member.joined_at)}${payer}`}
      actions={actions}
    />
  );
}
