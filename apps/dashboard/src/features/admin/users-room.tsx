import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { AdminUser } from '@slipway/sdk/admin';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { Rows, RowsState } from '../../ui/rows';
import { Section } from '../../ui/section';
import { useUsers } from './admin-queries';
import { UserDialog } from './user-dialog';
import { UserRow } from './user-row';

/** A search goes out when somebody stops typing. */
const TYPING_MS = 300;

export function UsersRoom({ myId }: { myId: string }) {
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text.trim(), TYPING_MS);
  const { data, isPending, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useUsers(search);
  const users = data?.pages.flatMap((page) => page.data) ?? [];
  const [chosenId, setChosenId] = useState<string | null>(null);
  const chosen: AdminUser | null = users.find(({ id }) => id === chosenId) ?? null;
  return (
    <Section title="Users">
      <TextInput
        type="search"
        aria-label="Search users"
        placeholder="Name or email"
        leftSection={<IconSearch size={18} />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <RowsState
        isPending={isPending}
        error={error}
        empty={users.length === 0 && 'Nobody is called like that.'}
      />
      {users.length > 0 && (
        <Rows label="Users">
          {users.map((user) => (
            <UserRow key={user.id} user={user} isMe={user.id === myId} onOpen={() => setChosenId(user.id)} />
          ))}
        </Rows>
      )}
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show more
        </Button>
      )}
      <UserDialog user={chosen} isMe={chosen?.id === myId} onClose={() => setChosenId(null)} />
    </Section>
  );
}
