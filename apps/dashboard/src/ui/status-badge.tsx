import classes from './status-badge.module.css';

/** What is in the making moves, so that nobody thinks it waits for them. */
export type Tone = 'moving' | 'waiting' | 'settled' | 'failed';

export function StatusBadge({ text, tone }: { text: string; tone: Tone }) {
  return (
    <span className={classes.badge} data-tone={tone}>
      <span className={classes.dot} aria-hidden="true" />
      {text}
    </span>
  );
}

/** Without a ground of its own, for where it is no news. */
export function StatusMark({ text }: { text: string }) {
  return <span className={classes.mark}>{text}</span>;
}
