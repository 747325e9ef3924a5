import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import type { Tier } from '@slipway/sdk/admin';
import { FormFault } from '../../ui/form-fault';
import { tell } from '../../ui/notify';
import { useForm } from '../../ui/use-form';
import classes from './admin.module.css';
import { useTierChange } from './admin-queries';
import { checkTier, tierInputOf, tierValuesOf } from './tier-values';

const NAMES = {
  name: 'The name',
  max_bytes: 'The storage',
  max_file_size: 'The size',
  requests_per_minute: 'The number of calls',
  max_access_url_seconds: 'The life',
};

function TierForm({ tier, onClose }: { tier: Tier | null; onClose: () => void }) {
  const { save } = useTierChange();
  const form = useForm({
    initial: tierValuesOf(tier),
    names: NAMES,
    check: checkTier,
    send: (values) => save.mutateAsync({ name: values.name.trim(), input: tierInputOf(values, tier) }),
    onDone: ({ name }) => {
      tell('Saved', `Tier ${name}`);
      onClose();
    },
  });
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <Stack gap="sm">
        <FormFault text={form.fault} />
        {tier === null && <TextInput label="Name" data-autofocus {...form.field('name')} />}
        <div className={classes.pairs}>
          <TextInput label="Storage in GiB" inputMode="decimal" {...form.field('max_bytes')} />
          <TextInput label="Largest file in GiB" inputMode="decimal" {...form.field('max_file_size')} />
          <TextInput
            label="Calls a minute"
            placeholder="As configured"
            inputMode="numeric"
            {...form.field('requests_per_minute')}
          />
          <TextInput
            label="Longest URL in seconds"
            placeholder="As configured"
            inputMode="numeric"
            {...form.field('max_access_url_seconds')}
          />
        </div>
        <Group justify="flex-end" mt="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={form.sending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function TierDialog({ tier, onClose }: { tier: Tier | 'new' | null; onClose: () => void }) {
  const known = tier === 'new' ? null : tier;
  return (
    <Modal
      opened={tier !== null}
      onClose={onClose}
      title={known ? `Tier ${known.name}` : 'New tier'}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {tier !== null && <TierForm key={known?.name ?? 'new'} tier={known} onClose={onClose} />}
    </Modal>
  );
}
