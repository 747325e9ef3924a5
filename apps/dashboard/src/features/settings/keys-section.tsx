import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ApiKey, NewApiKey } from '@slipway/sdk/people';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { formatDay } from '../../ui/format-moment';
import { Row, Rows, RowsState } from '../../ui/rows';
import { Section } from '../../ui/section';
import { ShownOnce } from '../../ui/shown-once';
import { KeyForm } from './key-form';
import { SCOPE_NAMES } from './scopes';
import { useApiKeyChange, useApiKeys } from './settings-queries';

const lastUse = ({ last_used_at: at }: ApiKey): string => (at ? `last used ${formatDay(at)}` : 'never used');

function KeyRow({ apiKey }: { apiKey: ApiKey }) {
  const { revoke } = useApiKeyChange();
  const [asking, dialog] = useDisclosure(false);
  const { name, prefix, scopes, expires_at: ends } = apiKey;
  return (
    <Row
      icon={<IconKey size={19} stroke={1.6} />}
      name={name}
      facts={
        <>
          <code>{`${prefix}…`}</code>
          {` · ${lastUse(apiKey)} · ${ends ? `until ${formatDay(ends)}` : 'without end'}`}
          <br />
          {scopes.map((scope) => SCOPE_NAMES[scope]).join(', ')}
        </>
      }
      actions={
        <>
          <Button
            variant="subtle"
            color="keel"
            size="compact-sm"
            onClick={dialog.open}
            aria-label={`Revoke ${name}`}
          >
            Revoke
          </Button>
          <ConfirmDialog
            opened={asking}
            onClose={dialog.close}
            title={`Revoke ${name}?`}
            text="What uses this key stops working at once, and the key cannot be brought back."
            action="Revoke"
            error={revoke.error}
            loading={revoke.isPending}
            onConfirm={() => revoke.mutate(apiKey.id, { onSuccess: dialog.close })}
          />
        </>
      }
    />
  );
}

export function KeysSection({ isAdmin }: { isAdmin: boolean }) {
  const { data = [], isPending, error } = useApiKeys();
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<NewApiKey | null>(null);
  const show = (key: NewApiKey) => {
    setMade(key);
    setMaking(false);
  };
  return (
    <Section
      title="API keys"
      text="For servers and scripts that act in your name. A key may do what is ticked, and never more than you."
      actions={
        !making && (
          <Button
            size="xs"
            variant="light"
            leftSection={<IconPlus size={16} />}
            onClick={() => {
              setMaking(true);
              setMade(null);
            }}
          >
            New key
          </Button>
        )
      }
    >
      {making && <KeyForm isAdmin={isAdmin} onMade={show} onCancel={() => setMaking(false)} />}
      {made && (
        <ShownOnce
          label={`Key “${made.name}”`}
          secret={made.key}
          text="Copy it now: only its fingerprint is kept, so it cannot be shown again."
        />
      )}
      <RowsState
        isPending={isPending}
        error={error}
        empty={data.length === 0 && !making && 'You have no keys.'}
      />
      {data.length > 0 && (
        <Rows label="API keys">
          {data.map((apiKey) => (
            <KeyRow key={apiKey.id} apiKey={apiKey} />
          ))}
        </Rows>
      )}
    </Section>
  );
}
