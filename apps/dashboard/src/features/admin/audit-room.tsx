import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { AuditFilter } from '@slipway/sdk/people';
import { useState } from 'react';
import { describeDeed, KNOWN_DEEDS } from '../../ui/describe-event';
import { EventRow } from '../../ui/event-row';
import { ExportButtons } from '../../ui/export-buttons';
import { timeOfLocalInput } from '../../ui/local-input';
import { Rows, RowsState } from '../../ui/rows';
import { Section } from '../../ui/section';
import { useAdmin } from '../../ui/use-people';
import classes from './admin.module.css';
import { useAuditSearch } from './admin-queries';

const TYPING_MS = 400;
const ANYTHING = { action: '', actor: '', ip: '', from: '', to: '' };

/** Only what was filled in; times in UTC. */
function filterOf({ from, to, ...words }: typeof ANYTHING): AuditFilter {
  const given = { ...words, from: timeOfLocalInput(from), to: timeOfLocalInput(to) };
  const filled = Object.entries(given).map(([name, value]) => [name, value?.trim()]);
  return Object.fromEntries(filled.filter(([, value]) => value)) as AuditFilter;
}

const DEEDS = [
  { value: '', label: 'Anything' },
  ...KNOWN_DEEDS.map((action) => ({ value: action, label: describeDeed({ action }) })),
];

export function AuditRoom() {
  const admin = useAdmin();
  const [values, setValues] = useState(ANYTHING);
  const [settled] = useDebouncedValue(values, TYPING_MS);
  const filter = filterOf(settled);
  const { data, isPending, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useAuditSearch(filter);
  const events = data?.pages.flatMap((page) => page.data) ?? [];
  const field = (name: keyof typeof ANYTHING) => ({
    size: 'sm',
    value: values[name],
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) => {
      const { value } = currentTarget;
      setValues((before) => ({ ...before, [name]: value }));
    },
  });
  return (
    <Section
      title="Audit"
      text="Who did what in the whole installation, newest first."
      actions={
        <ExportButtons fileName="audit" fetchFile={(format) => admin.exportAudit({ ...filter, format })} />
      }
    >
      <div className={classes.filters}>
        <NativeSelect label="What" data={DEEDS} {...field('action')} />
        <TextInput label="Who (id)" placeholder="USR-…, KEY-…" {...field('actor')} />
        <TextInput label="IP address" placeholder="203.0.113.7" {...field('ip')} />
        <TextInput label="From" type="datetime-local" {...field('from')} />
        <TextInput label="Until" type="datetime-local" {...field('to')} />
      </div>
      <RowsState
        isPending={isPending}
        error={error}
        empty={events.length === 0 && 'Nothing like that is on record.'}
      />
      {events.length > 0 && (
        <Rows label="Events">
          {events.map((event) => (
            <EventRow key={event.id} event={event} />
          ))}
        </Rows>
      )}
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show earlier
        </Button>
      )}
    </Section>
  );
}
