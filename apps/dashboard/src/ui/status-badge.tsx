import classes from './status-badge.module.css';

export type Tone = 'moving' | 'settled' | 'failed';

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

/** What is in the making moves, so that nobody thinks it waits for them. */
export const toneOfStatus = (status: string): Tone => (status === 'Processing' ? 'moving' : 'settled');
