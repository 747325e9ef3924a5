import { Button } from '@mantine/core';
import type { QueueSnapshot } from '@slipway/sdk/queue';
import { IconPlayerPause, IconPlayerPlay, IconRefresh, IconX } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { leftToDo } from './describe-upload';
import { isHopeless } from './explain-upload-error';
import classes from './uploads.module.css';
import { useUploads } from './uploads-context';

interface VerbProps {
  icon?: ReactNode;
  danger?: boolean;
  onPress: () => void;
  children: ReactNode;
}

function Verb({ icon, danger = false, onPress, children }: VerbProps) {
  return (
    <Button
      size="compact-sm"
      variant={danger ? 'light' : 'subtle'}
      color={danger ? 'red' : 'gray'}
      leftSection={icon}
      onClick={onPress}
    >
      {children}
    </Button>
  );
}

/** Asked first: a slip of the finger would throw away what thousands of files have sent. */
function ConfirmCancel({
  left,
  onCancel,
  onKeep,
}: {
  left: number;
  onCancel: () => void;
  onKeep: () => void;
}) {
  return (
    <div className={classes.verbs}>
      <span className={classes.question}>Cancel {left.toLocaleString('en')} uploads?</span>
      <Verb onPress={onKeep}>Keep</Verb>
      <Verb danger onPress={onCancel}>
        Cancel all
      </Verb>
    </div>
  );
}

/** What can be done with all uploads together; nothing where there is one only, whose row has it all. */
export function TrayVerbs({ items, counts, paused }: QueueSnapshot) {
  const { queue, cancelAll } = useUploads();
  const [asking, setAsking] = useState(false);
  const left = leftToDo(counts);
  const still = paused || left === counts.paused;
  const hopeful = counts.error > 1 ? items.filter(({ error }) => error && !isHopeless(error)) : [];
  if (left < 2 && hopeful.length < 2) return null;
  const retry = () => {
    for (const { id } of hopeful) queue.retry(id);
  };
  if (asking && left > 0) {
    const cancel = () => {
      setAsking(false);
      cancelAll();
    };
    return <ConfirmCancel left={left} onCancel={cancel} onKeep={() => setAsking(false)} />;
  }
  return (
    <div className={classes.verbs}>
      {left > 1 && still && (
        <Verb icon={<IconPlayerPlay size={16} />} onPress={queue.resumeAll}>
          Go on with all
        </Verb>
      )}
      {left > 1 && !still && (
        <Verb icon={<IconPlayerPause size={16} />} onPress={queue.pauseAll}>
          Pause all
        </Verb>
      )}
      {hopeful.length > 1 && (
        <Verb icon={<IconRefresh size={16} />} onPress={retry}>
          Try {hopeful.length.toLocaleString('en')} again
        </Verb>
      )}
      {left > 1 && (
        <Verb icon={<IconX size={16} />} onPress={() => setAsking(true)}>
          Cancel all
        </Verb>
      )}
    </div>
  );
}
