import { Avatar, Menu, Text, UnstyledButton } from '@mantine/core';
import { IconDevicesOff, IconLogout, IconSettings, IconShieldCog, IconUsersGroup } from '@tabler/icons-react';
import { useUser } from './session-context';

interface UserMenuProps {
  settingsHref: string;
  sharedHref: string;
  adminHref: string;
  onSignOut: (options: { everywhere: boolean }) => void;
}

export function UserMenu({ settingsHref, sharedHref, adminHref, onSignOut }: UserMenuProps) {
  const user = useUser();
  if (!user) return null;
  return (
    <Menu position="bottom-end" width={240} shadow="md" radius="md">
      <Menu.Target>
        <UnstyledButton aria-label={`Account of ${user.name}`} style={{ borderRadius: '50%' }}>
          <Avatar name={user.name} color="tide.4" variant="filled" size={36} radius="xl" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text fw={600} size="sm" c="var(--mantine-color-text)" truncate>
            {user.name}
          </Text>
          <Text size="xs" truncate>
            {user.email}
          </Text>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item component="a" href={sharedHref} leftSection={<IconUsersGroup size={16} />}>
          Shared with me
        </Menu.Item>
        <Menu.Item component="a" href={settingsHref} leftSection={<IconSettings size={16} />}>
          Account settings
        </Menu.Item>
        {user.role === 'admin' && (
          <Menu.Item component="a" href={adminHref} leftSection={<IconShieldCog size={16} />}>
            Administration
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => onSignOut({ everywhere: false })}>
          Sign out
        </Menu.Item>
        <Menu.Item leftSection={<IconDevicesOff size={16} />} onClick={() => onSignOut({ everywhere: true })}>
          Sign out everywhere
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
