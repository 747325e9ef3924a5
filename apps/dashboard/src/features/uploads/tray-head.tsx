import { ActionIcon, Tooltip } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './uploads.module.css';

interface HeadButtonProps {
  tip: string;
  label: string;
  icon: ReactNode;
  expanded?: boolean;
  onPress: () => void;
}

function HeadButton({ tip, label, icon, expanded, onPress }: HeadButtonProps) {
  return (
    <Tooltip label={tip}>
      <ActionIcon
        variant="subtle"
        color="gray.0"
        onClick={onPress}
        aria-label={label}
        aria-expanded={expanded}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}

interface TrayHeadProps {
  text: string;
  /** Of all files together, 0 to 100; null when nothing is under way. */
  progress: number | null;
  opened: boolean;
  onToggle: () => void;
  /** Null while there is something that must not be lost from sight. */
  onClose: (() => void) | null;
}

export function TrayHead({ text, progress, opened, onToggle, onClose }: TrayHeadProps) {
  return (
    <header className={classes.head}>
      <span className={classes.headText}>
        {text}
        {progress !== null && <span className={classes.headShare}>{progress}%</span>}
      </span>
      <span className={classes.actions}>
        <HeadButton
          tip={opened ? 'Fold' : 'Unfold'}
          label={opened ? 'Fold the list of uploads' : 'Unfold the list of uploads'}
          icon={opened ? <IconChevronDown size={18} /> : <IconChevronUp size={18} />}
          expanded={opened}
          onPress={onToggle}
        />
        {onClose && (
          <HeadButton
            tip="Close"
            label="Close the list of uploads"
            icon={<IconX size={18} />}
            onPress={onClose}
          />
        )}
      </span>
      {progress !== null && (
        <progress className={classes.headProgress} aria-label="All uploads" value={progress} max={100} />
      )}
    </header>
  );
}
