import { Button, CloseButton } from '@mantine/core';
import type { PendingUpload } from '@slipway/sdk';
import { IconPlayerPause } from '@tabler/icons-react';
import { useState } from 'react';
import { useBrowse } from './drop-surface';
import { nameInterrupted } from './name-interrupted';
import classes from './uploads.module.css';
import { useInterrupted } from './use-interrupted';

/** A page cannot open a file by itself: whoever chose it has to choose it again, and it goes on where it stopped. */
export function InterruptedNote({ projectId }: { projectId: string }) {
  const browse = useBrowse();
  const pending = useInterrupted(projectId);
  const [hidden, setHidden] = useState<readonly PendingUpload['assetId'][]>([]);
  const shown = pending.filter(({ assetId }) => !hidden.includes(assetId));
  if (shown.length === 0) return null;
  return (
    <section className={classes.interrupted} aria-label="Interrupted uploads">
      <IconPlayerPause size={20} stroke={1.6} aria-hidden="true" />
      <span className={classes.interruptedText}>{nameInterrupted(shown)}</span>
      <Button size="compact-sm" variant="light" onClick={browse}>
        {shown.length === 1 ? 'Choose the file' : 'Choose files'}
      </Button>
      <CloseButton
        size="sm"
        aria-label="Not now"
        onClick={() => setHidden(pending.map(({ assetId }) => assetId))}
      />
    </section>
  );
}
