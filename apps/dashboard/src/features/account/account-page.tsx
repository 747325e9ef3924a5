import { Alert, Button, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Logo } from '../../ui/logo';
import { SignInForm, SignUpForm } from './account-form';
import classes from './account-page.module.css';
import { HarbourScene } from './harbour-scene';
import { useSession } from './session-context';

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

/** Stands in for every page while nobody is signed in, so that the address stays and opens afterwards. */
export function AccountPage() {
  const { ended } = useSession();
  const [isNew, setIsNew] = useState(false);
  return (
    <div className={classes.page}>
      <Welcome />
      <main className={classes.main}>
        <div className={classes.form}>
          <Title order={1} size="h2">
            {isNew ? 'Create your account' : 'Welcome aboard'}
          </Title>
          <Text c="dimmed" mb="lg" mt={4}>
            {isNew ? 'One account for all your projects.' : 'Sign in to your projects.'}
          </Text>
          {ended && (
            <Alert color="tide" variant="light" mb="md">
              Your session has ended. Sign in to go on where you were.
            </Alert>
          )}
          {isNew ? <SignUpForm /> : <SignInForm />}
          <Text c="dimmed" mt="xl" size="sm">
            {isNew ? 'You have an account already?' : 'New here?'}
            <Button variant="subtle" size="compact-sm" ml={4} onClick={() => setIsNew(!isNew)}>
              {isNew ? 'Sign in instead' : 'Create an account'}
            </Button>
          </Text>
        </div>
      </main>
    </div>
  );
}
