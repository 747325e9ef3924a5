import { Button } from '@mantine/core';
import { formatFileSize } from '@slipway/sdk';
import type { Tier } from '@slipway/sdk/admin';
import { IconPlus, IconStack2 } from '@tabler/icons-react';
import { useState } from 'react';
import { tellFailed } from '../../ui/notify';
import { Row, Rows, RowsState } from '../../ui/rows';
import { Section } from '../../ui/section';
import { useTierChange, useTiers } from './admin-queries';
import { TierDialog } from './tier-dialog';

function factsOf({ max_bytes, max_files, max_file_size, requests_per_minute: rate, users }: Tier): string {
  return [
    users === 1 ? '1 user' : `${users} users`,
    formatFileSize(max_bytes),
    `each up to ${formatFileSize(max_file_size)}`,
    max_files !== null && `${max_files.toLocaleString()} files`,
    rate !== null && `${rate} calls a minute`,
  ]
    .filter(Boolean)
    .join(' · ');
}

function TierRow({ tier, onChange }: { tier: Tier; onChange: () => void }) {
  const { remove } = useTierChange();
  return (
    <Row
      icon={<IconStack2 size={19} stroke={1.6} />}
      name={tier.name}
      facts={factsOf(tier)}
      actions={
        <>
          {tier.users === 0 && (
            <Button
              variant="subtle"
              color="keel"
              size="compact-sm"
              loading={remove.isPending}
              aria-label={`Delete tier ${tier.name}`}
              onClick={() => remove.mutate(tier.name, { onError: tellFailed('The tier stays') })}
            >
              Delete
            </Button>
          )}
          <Button variant="default" size="xs" aria-label={`Change tier ${tier.name}`} onClick={onChange}>
            Change
          </Button>
        </>
      }
    />
  );
}

export function TiersRoom() {
  const { data = [], isPending, error } = useTiers();
  const [edited, setEdited] = useState<Tier | 'new' | null>(null);
  return (
    <Section
      title="Tiers"
      text="How much those in a tier may store and call. A change is in force at once, for all of them."
      actions={
        <Button
          size="xs"
          variant="light"
          leftSection={<IconPlus size={16} />}
          onClick={() => setEdited('new')}
        >
          New tier
        </Button>
      }
    >
      <RowsState isPending={isPending} error={error} />
      {data.length > 0 && (
        <Rows label="Tiers">
          {data.map((tier) => (
            <TierRow key={tier.name} tier={tier} onChange={() => setEdited(tier)} />
          ))}
        </Rows>
      )}
      <TierDialog tier={edited} onClose={() => setEdited(null)} />
    </Section>
  );
}
