import { Skeleton, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './page-head.module.css';

interface PageHeadProps {
  /** Null while it is being asked for. */
  title: string | null;
  above?: ReactNode;
  actions?: ReactNode;
}

export function PageHead({ title, above, actions }: PageHeadProps) {
  return (
    <div className={classes.head}>
      <div className={classes.text}>
        {above}
        {title === null ? (
          <Skeleton height={34} width={260} />
        ) : (
          <Title order={1} className={classes.title}>
            {title}
          </Title>
        )}
      </div>
      {actions && <div className={classes.actions}>{actions}</div>}
    </div>
  );
}
