import { useDocumentTitle } from '@mantine/hooks';
import { IconHistory, IconPhotoCheck, IconStack2, IconUsers } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useUser } from '../../features/account/session-context';
import { AuditRoom } from '../../features/admin/audit-room';
import { ModerationRoom } from '../../features/admin/moderation-room';
import { TiersRoom } from '../../features/admin/tiers-room';
import { UsersRoom } from '../../features/admin/users-room';
import { BackLink } from '../../ui/back-link';
import { PageHead } from '../../ui/page-head';
import { RoomNav } from '../../ui/room-nav';
import { ADMIN_HREF } from '../places';
import { NotFoundPage } from './not-found-page';

const ROOMS: { path: string; name: string; icon: ReactNode; show: (myId: string) => ReactNode }[] = [
  { path: 'users', name: 'Users', icon: <IconUsers size={18} />, show: (myId) => <UsersRoom myId={myId} /> },
  { path: 'tiers', name: 'Tiers', icon: <IconStack2 size={18} />, show: () => <TiersRoom /> },
  { path: 'review', name: 'Review', icon: <IconPhotoCheck size={18} />, show: () => <ModerationRoom /> },
  { path: 'audit', name: 'Audit', icon: <IconHistory size={18} />, show: () => <AuditRoom /> },
];

export function AdminPage() {
  const { room: path = 'users' } = useParams({ from: '/app/admin/{-$room}' });
  const user = useUser();
  const current = ROOMS.find((room) => room.path === path);
  useDocumentTitle('Administration · Slipway');
  // What an administrator sees, nobody else is told of.
  if (user?.role !== 'admin' || !current) return <NotFoundPage />;
  const rooms = ROOMS.map((room) => ({
    ...room,
    href: `${ADMIN_HREF}/${room.path}`,
    current: room === current,
  }));
  return (
    <>
      <PageHead title="Administration" above={<BackLink href="#/">All projects</BackLink>} />
      <RoomNav label="Administration" rooms={rooms} />
      {current.show(user.id)}
    </>
  );
}
