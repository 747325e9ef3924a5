import { ActionIcon, Text, Tooltip } from '@mantine/core';
import { IconCheck, IconRefresh, IconX } from '@tabler/icons-react';
import { describeUpload } from './describe-upload';
import { explainUploadError, isHopeless } from './explain-upload-error';
import type { QueuedUpload } from './upload-queue';
import classes from './uploads.module.css';
import { useUploadQueue } from './uploads-context';

function RowProgress({ item }: { item: QueuedUpload }) {
  if (item.error) {
    return (
      <Text size="xs" className={classes.fault}>
        {explainUploadError(item.error)}
      </Text>
    );
  }
  return (
    <>
      {item.state !== 'done' && (
        <progress className={classes.progress} aria-label={item.file.name} value={item.progress} max={100} />
      )}
      <Text size="xs" c="dimmed">
        {describeUpload({ ...item, size: item.file.size })}
      </Text>
    </>
  );
}

function RowActions({ item }: { item: QueuedUpload }) {
  const queue = useUploadQueue();
  const { id, file, state, error } = item;
  if (state === 'done') return <IconCheck size={20} className={classes.done} aria-label="Uploaded" />;
  const leave = state === 'failed' ? () => queue.dismiss((other) => other.id === id) : () => queue.cancel(id);
  const label = state === 'failed' ? 'Remove' : 'Cancel';
  return (
    <span className={classes.actions}>
      {error && !isHopeless(error) && (
        <Tooltip label="Try again">
          <ActionIcon variant="subtle" onClick={() => queue.retry(id)} aria-label={`Try ${file.name} again`}>
            <IconRefresh size={18} />
          </ActionIcon>
        </Tooltip>
      )}
      <Tooltip label={label}>
        <ActionIcon variant="subtle" color="gray" onClick={leave} aria-label={`${label} ${file.name}`}>
          <IconX size={18} />
        </ActionIcon>
      </Tooltip>
    </span>
  );
}

export function UploadRow({ item }: { item: QueuedUpload }) {
  return (
    <li className={classes.row} data-state={item.state}>
      <span className={classes.about}>
        <span className={classes.fileName} title={item.file.name}>
          {item.file.name}
        </span>
        <RowProgress item={item} />
      </span>
      <RowActions item={item} />
    </li>
  );
}
