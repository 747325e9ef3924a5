import { ActionIcon, Button, Text, Tooltip } from '@mantine/core';
import type { QueueItem, QueueStatus } from '@slipway/sdk/queue';
import { IconCheck, IconPlayerPause, IconPlayerPlay, IconX } from '@tabler/icons-react';
import { memo } from 'react';
import { describeUpload } from './describe-upload';
import { explainUploadError, isHopeless } from './explain-upload-error';
import { useOnline } from './use-online';
import classes from './uploads.module.css';
import { useUploads } from './uploads-context';

function RowProgress({ item }: { item: QueueItem }) {
  const online = useOnline();
  if (item.error) {
    return (
      <Text size="xs" className={classes.fault}>
        {explainUploadError(item.error)}
      </Text>
    );
  }
  return (
    <>
      {item.status !== 'done' && item.status !== 'queued' && (
        <progress
          className={classes.progress}
          data-still={item.status === 'paused' || item.status === 'waiting'}
          aria-label={item.name}
          value={item.progress}
          max={100}
        />
      )}
      <Text size="xs" c="dimmed">
        {describeUpload(item, { online })}
      </Text>
    </>
  );
}

/** While the server verifies there is nothing left to stop. */
const PAUSABLE: ReadonlySet<QueueStatus> = new Set(['queued', 'preparing', 'uploading', 'waiting']);

function PauseButton({ item: { id, name, status } }: { item: QueueItem }) {
  const { queue } = useUploads();
  if (status === 'paused') {
    return (
      <Tooltip label="Go on">
        <ActionIcon variant="subtle" onClick={() => queue.resume(id)} aria-label={`Go on with ${name}`}>
          <IconPlayerPlay size={18} />
        </ActionIcon>
      </Tooltip>
    );
  }
  if (!PAUSABLE.has(status)) return null;
  return (
    <Tooltip label="Pause">
      <ActionIcon variant="subtle" color="gray" onClick={() => queue.pause(id)} aria-label={`Pause ${name}`}>
        <IconPlayerPause size={18} />
      </ActionIcon>
    </Tooltip>
  );
}

function RowActions({ item }: { item: QueueItem }) {
  const { queue, forget } = useUploads();
  const { id, name, status, error } = item;
  if (status === 'done') return <IconCheck size={20} className={classes.done} aria-label="Uploaded" />;
  const label = status === 'error' ? 'Remove' : 'Cancel';
  return (
    <span className={classes.actions}>
      {error && !isHopeless(error) && (
        <Button
          size="compact-xs"
          variant="light"
          onClick={() => queue.retry(id)}
          aria-label={`Try ${name} again`}
        >
          Try again
        </Button>
      )}
      <PauseButton item={item} />
      <Tooltip label={label}>
        <ActionIcon variant="subtle" color="gray" onClick={() => forget(id)} aria-label={`${label} ${name}`}>
          <IconX size={18} />
        </ActionIcon>
      </Tooltip>
    </span>
  );
}

/** Drawn again when its own file changes, and not with each step of its neighbours. */
export const UploadRow = memo(function UploadRow({ item }: { item: QueueItem }) {
  return (
    <li className={classes.row} data-state={item.status}>
      <span className={classes.about}>
        <span className={classes.fileName} title={item.name}>
          {item.name}
        </span>
        <RowProgress item={item} />
      </span>
      <RowActions item={item} />
    </li>
  );
});
