import { Button } from '@mantine/core';
import { formatFileSize } from '@slipway/sdk';
import type { DataExport } from '@slipway/sdk/people';
import { IconDownload, IconFileZip } from '@tabler/icons-react';
import { formatMoment } from '../../ui/format-moment';
import { tellFailed } from '../../ui/notify';
import { Row, Rows, RowsState } from '../../ui/rows';
import { Section } from '../../ui/section';
import { StatusBadge } from '../../ui/status-badge';
import { useBeginExport, useExports } from './settings-queries';

function factsOf({ status, file_size: size, reason, expires_at: ends }: DataExport): string {
  if (status === 'pending') return 'A file is being made. You can leave this page.';
  if (status === 'failed') return reason ?? 'It could not be made. Ask for another one.';
  if (status === 'expired') return 'No longer there. Ask for another one.';
  return [size !== null && formatFileSize(size), ends && `to be had until ${formatMoment(ends)}`]
    .filter(Boolean)
    .join(' · ');
}

const BADGES = {
  pending: { text: 'In the making', tone: 'moving' },
  ready: { text: 'Ready', tone: 'settled' },
  expired: { text: 'Over', tone: 'waiting' },
  failed: { text: 'Failed', tone: 'failed' },
} as const;

function ExportRow({ item }: { item: DataExport }) {
  return (
    <Row
      icon={<IconFileZip size={19} stroke={1.6} />}
      name={`Of ${formatMoment(item.created_at)}`}
      badge={<StatusBadge {...BADGES[item.status]} />}
      facts={factsOf(item)}
      actions={
        item.url && (
          <Button component="a" href={item.url} size="xs" leftSection={<IconDownload size={16} />}>
            Download
          </Button>
        )
      }
    />
  );
}

export function ExportSection() {
  const { data = [], isPending, error } = useExports();
  const begin = useBeginExport();
  const isRunning = data.some(({ status }) => status === 'pending');
  return (
    <Section
      title="Take your data along"
      text="A zip with your files, and what is known about them and you."
      actions={
        <Button
          variant="light"
          size="xs"
          disabled={isRunning}
          loading={begin.isPending}
          onClick={() => begin.mutate(undefined, { onError: tellFailed('Nothing is being made') })}
        >
          Export my data
        </Button>
      }
    >
      <RowsState isPending={isPending} error={error} />
      {data.length > 0 && (
        <Rows label="Exports">
          {data.map((item) => (
            <ExportRow key={item.id} item={item} />
          ))}
        </Rows>
      )}
    </Section>
  );
}
