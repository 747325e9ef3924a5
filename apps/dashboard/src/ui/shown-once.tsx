import { Text } from '@mantine/core';
import { CopyIcon } from './copy-icon';
import classes from './shown-once.module.css';

/** A secret that the server keeps only as a hash: who does not take it now has to make another. */
export function ShownOnce({ label, secret, text }: { label: string; secret: string; text: string }) {
  return (
    <output className={classes.box}>
      <Text size="sm" fw={600}>
        {label}
      </Text>
      <div className={classes.line}>
        <code className={classes.secret}>{secret}</code>
        <CopyIcon label={`Copy ${label.toLowerCase()}`} text={secret} />
      </div>
      <Text size="sm" c="dimmed">
        {text}
      </Text>
    </output>
  );
}
