import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import type { NewApiKey, Scope } from '@slipway/sdk/people';
import { FormFault } from '../../ui/form-fault';
import { faultsOfFields } from '../../ui/form-faults';
import { useForm } from '../../ui/use-form';
import { SCOPE_NAMES, scopesFor } from './scopes';
import { useApiKeyChange } from './settings-queries';
import classes from './settings.module.css';

interface KeyValues {
  name: string;
  scopes: Scope[];
  /** As `<input type="date">` has it; empty for never. */
  ends: string;
}

const INITIAL: KeyValues = { name: '', scopes: ['assets:read'], ends: '' };

interface KeyFormProps {
  isAdmin: boolean;
  onMade: (key: NewApiKey) => void;
  onCancel: () => void;
}

export function KeyForm({ isAdmin, onMade, onCancel }: KeyFormProps) {
  const { create } = useApiKeyChange();
  const form = useForm({
    initial: INITIAL,
    names: { name: 'The name', scopes: 'The rights', expires_at: 'The day' },
    check: ({ name, scopes, ends }) =>
      faultsOfFields({
        name: name.trim() === '' && 'Say what the key is for.',
        scopes: scopes.length === 0 && 'Choose at least one.',
        ends: ends !== '' && new Date(ends) <= new Date() && 'Choose a day that is still to come.',
      }),
    send: ({ name, scopes, ends }) =>
      create.mutateAsync({
        name: name.trim(),
        scopes,
        ...(ends && { expires_at: new Date(ends).toISOString() }),
      }),
    onDone: onMade,
  });
  const { scopes } = form.values;
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <Stack gap="md">
        <FormFault text={form.fault} />
        <Group align="flex-start" gap="sm">
          <TextInput
            label="What is it for?"
            placeholder="Nightly backup"
            data-autofocus
            style={{ flex: '2 1 220px' }}
            {...form.field('name')}
          />
          <TextInput label="Ends on" type="date" style={{ flex: '1 1 150px' }} {...form.field('ends')} />
        </Group>
        <Checkbox.Group
          label="It may"
          error={form.faults.scopes}
          value={scopes}
          onChange={(chosen) => form.set({ scopes: chosen })}
        >
          <div className={classes.scopes} style={{ marginTop: 10 }}>
            {scopesFor({ isAdmin }).map((scope) => (
              <Checkbox key={scope} value={scope} label={SCOPE_NAMES[scope]} />
            ))}
          </div>
        </Checkbox.Group>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={form.sending}>
            Make key
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
