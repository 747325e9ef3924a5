import { ActionIcon, Tooltip, VisuallyHidden } from '@mantine/core';
import { useTimeout } from '@mantine/hooks';
import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { announceUploads } from './describe-upload';
import type { QueuedState } from './upload-queue';
import { UploadRow } from './upload-row';
import classes from './uploads.module.css';
import { useQueuedUploads, useUploadQueue } from './uploads-context';

const LINGER_MS = 6000;

/** What asks for attention first, what needs none last. */
const RANK: Record<QueuedState, number> = { failed: 0, uploading: 1, queued: 2, done: 3 };

/** What went well leaves the tray by itself; a failure stays until somebody has seen it. */
function useLeaveWhenDone(settled: boolean) {
  const queue = useUploadQueue();
  const { start, clear } = useTimeout(() => queue.dismiss(({ state }) => state === 'done'), LINGER_MS);
  useEffect(() => {
    if (settled) start();
    return clear;
  }, [settled, start, clear]);
}

interface TrayHeadProps {
  text: string;
  opened: boolean;
  onToggle: () => void;
  onClose: (() => void) | null;
}

function TrayHead({ text, opened, onToggle, onClose }: TrayHeadProps) {
  const label = opened ? 'Fold the list of uploads' : 'Unfold the list of uploads';
  return (
    <header className={classes.head}>
      <span>{text}</span>
      <span className={classes.actions}>
        <Tooltip label={opened ? 'Fold' : 'Unfold'}>
          <ActionIcon
            variant="subtle"
            color="gray.0"
            onClick={onToggle}
            aria-label={label}
            aria-expanded={opened}
          >
            {opened ? <IconChevronDown size={18} /> : <IconChevronUp size={18} />}
          </ActionIcon>
        </Tooltip>
        {onClose && (
          <Tooltip label="Close">
            <ActionIcon
              variant="subtle"
              color="gray.0"
              onClick={onClose}
              aria-label="Close the list of uploads"
            >
              <IconX size={18} />
            </ActionIcon>
          </Tooltip>
        )}
      </span>
    </header>
  );
}

/** All files on their way, in a corner of every page. */
export function UploadTray() {
  const queue = useUploadQueue();
  const items = useQueuedUploads().filter((item) => !item.dismissed);
  const [opened, setOpened] = useState(true);
  const busy = items.some(({ state }) => state === 'queued' || state === 'uploading');
  const text = announceUploads(items);
  useLeaveWhenDone(!busy && items.some(({ state }) => state === 'done'));
  return (
    <>
      <VisuallyHidden aria-live="polite">{items.length > 0 ? text : ''}</VisuallyHidden>
      {items.length > 0 && (
        <section className={classes.tray} aria-label="Uploads">
          <TrayHead
            text={text}
            opened={opened}
            onToggle={() => setOpened(!opened)}
            onClose={busy ? null : () => queue.dismiss()}
          />
          <ul className={classes.rows} hidden={!opened}>
            {items
              .toSorted((one, other) => RANK[one.state] - RANK[other.state])
              .map((item) => (
                <UploadRow key={item.id} item={item} />
              ))}
          </ul>
        </section>
      )}
    </>
  );
}
