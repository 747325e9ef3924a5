import { Avatar, Button } from '@mantine/core';
import { formatFileSize } from '@slipway/sdk';
import type { AdminUser } from '@slipway/sdk/admin';
import { formatDay } from '../../ui/format-moment';
import { Row } from '../../ui/rows';
import { StatusBadge } from '../../ui/status-badge';

function Badges({ user }: { user: AdminUser }) {
  return (
    <>
      {user.role === 'admin' && <StatusBadge text="Administrator" tone="settled" />}
      {user.suspended_at !== null && <StatusBadge text="Suspended" tone="failed" />}
      {!user.email_verified && <StatusBadge text="Address not confirmed" tone="waiting" />}
    </>
  );
}

export function UserRow({ user, isMe, onOpen }: { user: AdminUser; isMe: boolean; onOpen: () => void }) {
  const used = `${formatFileSize(user.used_bytes)} used`;
  return (
    <Row
      icon={<Avatar name={user.name} color="initials" size={38} radius={11} />}
      name={isMe ? `${user.name} (you)` : user.name}
      badge={<Badges user={user} />}
      facts={`${user.email} · tier ${user.tier} · ${used} · since ${formatDay(user.created_at)}`}
      actions={
        <Button variant="default" size="xs" aria-label={`Change ${user.name}`} onClick={onOpen}>
          Change
        </Button>
      }
    />
  );
}
