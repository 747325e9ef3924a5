import { Button } from '@mantine/core';
import { IconAnchorOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { describeError } from './describe-error';
import { Notice } from './notice';

interface ErrorNoteProps {
  title: string;
  error: unknown;
  onRetry?: () => void;
  action?: ReactNode;
}

/** What takes the place of content that could not be loaded. */
export function ErrorNote({ title, error, onRetry, action }: ErrorNoteProps) {
  return (
    <Notice
      role="alert"
      icon={<IconAnchorOff size={34} stroke={1.4} />}
      title={title}
      text={describeError(error)}
      action={action ?? (onRetry && <Button onClick={onRetry}>Try again</Button>)}
    />
  );
}
