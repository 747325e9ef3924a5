import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Logo } from '../../ui/logo';
import classes from './account-page.module.css';
import { HarbourScene } from './harbour-scene';

function Welcome() {
  return (
    <aside className={classes.welcome}>
      <Logo size={40} />
      <p className={classes.motto}>
        Files, launched
        <br />
        straight into storage.
      </p>
      <HarbourScene />
    </aside>
  );
}

interface AccountFrameProps {
  title: string;
  text: ReactNode;
  children?: ReactNode;
}

/** What stands around everything that needs no sign-in. */
export function AccountFrame({ title, text, children }: AccountFrameProps) {
  return (
    <div className={classes.page}>
      <Welcome />
      <main className={classes.main}>
        <div className={classes.form}>
          <Title order={1} size="h2">
            {title}
          </Title>
          <Text c="dimmed" mb="lg" mt={4}>
            {text}
          </Text>
          {children}
        </div>
      </main>
    </div>
  );
}
