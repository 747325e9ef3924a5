import { Skeleton, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { describeError } from './describe-error';
import classes from './rows.module.css';

export function Rows({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className={classes.rows} aria-label={label}>
      {children}
    </ul>
  );
}

interface RowProps {
  icon?: ReactNode;
  name: ReactNode;
  /** What else there is to know, in one or two lines. */
  facts?: ReactNode;
  badge?: ReactNode;
  actions?: ReactNode;
}

/** One of a list of people, keys, links or the like. */
export function Row({ icon, name, facts, badge, actions }: RowProps) {
  return (
    <li className={classes.row}>
      {icon && (
        <span className={classes.icon} aria-hidden="true">
          {icon}
        </span>
      )}
      <div className={classes.words}>
        <span className={classes.name}>
          {name}
          {badge}
        </span>
        {facts && <span className={classes.facts}>{facts}</span>}
      </div>
      {actions && <div className={classes.actions}>{actions}</div>}
    </li>
  );
}

interface RowsStateProps {
  isPending: boolean;
  error: unknown;
  /** What to say where there is nothing. */
  empty?: string | false | undefined;
}

/** In place of rows that are on the way, did not come, or are none. */
export function RowsState({ isPending, error, empty }: RowsStateProps) {
  if (isPending) return <Skeleton height={56} radius="md" />;
  if (error) {
    return (
      <Text c="var(--mantine-color-error)" size="sm" role="alert">
        {describeError(error)}
      </Text>
    );
  }
  return empty ? (
    <Text c="dimmed" size="sm">
      {empty}
    </Text>
  ) : null;
}
