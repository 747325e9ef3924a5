import { Avatar, Menu, Text, UnstyledButton } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { useSession } from './session-context';

export function UserMenu({ onSignOut }: { onSignOut: () => void }) {
  const { current } = useSession();
  if (!current) return null;
  const { name, email } = current.user;
  return (
    <Menu position="bottom-end" width={230} shadow="md" radius="md">
      <Menu.Target>
        <UnstyledButton aria-label={`Account of ${name}`} style={{ borderRadius: '50%' }}>
          <Avatar name={name} color="tide.4" variant="filled" size={36} radius="xl" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text fw={600} size="sm" c="var(--mantine-color-text)" truncate>
            {name}
          </Text>
          <Text size="xs" truncate>
            {email}
          </Text>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={onSignOut}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
