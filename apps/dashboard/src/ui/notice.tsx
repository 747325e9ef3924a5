import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './notice.module.css';

interface NoticeProps {
  icon: ReactNode;
  title: string;
  text: ReactNode;
  action?: ReactNode;
  role?: 'alert';
}

/** A few centred lines where a list would be: nothing there yet, or nothing to be had. */
export function Notice({ icon, title, text, action, role }: NoticeProps) {
  return (
    <section className={classes.notice} role={role}>
      <span className={classes.icon}>{icon}</span>
      <Title order={2} size="h3">
        {title}
      </Title>
      <Text c="dimmed" maw={420}>
        {text}
      </Text>
      {action && <div className={classes.action}>{action}</div>}
    </section>
  );
}
