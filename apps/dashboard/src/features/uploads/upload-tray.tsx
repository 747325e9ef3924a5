import { VisuallyHidden } from '@mantine/core';
import { useThrottledValue, useTimeout } from '@mantine/hooks';
import type { QueueSnapshot } from '@slipway/sdk/queue';
import { useEffect, useState } from 'react';
import { announceUploads, leftToDo } from './describe-upload';
import { pickShown } from './pick-shown';
import { TrayHead } from './tray-head';
import { TrayVerbs } from './tray-verbs';
import { UploadRow } from './upload-row';
import classes from './uploads.module.css';
import { useUploads, useUploadsSnapshot } from './uploads-context';

const LINGER_MS = 6000;
const ROWS_OF_EACH = 20;
/** With many small files the counts change faster than they can be spoken. */
const SPEAK_EVERY_MS = 3000;

/** What went well leaves the tray by itself; a failure stays until somebody has seen it. */
function useLeaveWhenDone(settled: boolean) {
  const { queue } = useUploads();
  const { start, clear } = useTimeout(queue.clearDone, LINGER_MS);
  useEffect(() => {
    if (settled) start();
    return clear;
  }, [settled, start, clear]);
}

function Rows({ uploads }: { uploads: QueueSnapshot }) {
  const shown = pickShown(uploads.items, ROWS_OF_EACH);
  const more = leftToDo(uploads.counts) + uploads.counts.error - shown.filter((item) => !item.asset).length;
  return (
    <ul className={classes.rows}>
      {shown.map((item) => (
        <UploadRow key={item.id} item={item} />
      ))}
      {more > 0 && <li className={classes.more}>and {more.toLocaleString('en')} more</li>}
    </ul>
  );
}

/** All files on their way, in a corner of every page. */
export function UploadTray() {
  const { queue, forget } = useUploads();
  const uploads = useUploadsSnapshot();
  const [opened, setOpened] = useState(true);
  const { counts, items, progress } = uploads;
  const busy = leftToDo(counts) > 0;
  const shown = items.length > 0;
  const text = announceUploads(uploads);
  const spoken = useThrottledValue(shown ? text : '', SPEAK_EVERY_MS);
  useLeaveWhenDone(!busy && counts.done > 0);
  const close = () => {
    for (const { id, status } of items) if (status === 'error') forget(id);
    // Their previews stay with the grid until the thumbnails are there.
    queue.clearDone();
  };
  return (
    <>
      <VisuallyHidden aria-live="polite">{spoken}</VisuallyHidden>
      {shown && (
        <section className={classes.tray} aria-label="Uploads">
          <TrayHead
            text={text}
            progress={busy ? progress : null}
            opened={opened}
            onToggle={() => setOpened(!opened)}
            onClose={busy ? null : close}
          />
          <TrayVerbs {...uploads} />
          {opened && <Rows uploads={uploads} />}
        </section>
      )}
    </>
  );
}
