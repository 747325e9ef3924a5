import { Alert, Button, Text } from '@mantine/core';
import { useState } from 'react';
import { SignInForm, SignUpForm } from './account-form';
import { AccountFrame } from './account-frame';
import { ForgotForm } from './forgot-form';
import { useSession } from './session-context';

type View = 'sign-in' | 'sign-up' | 'forgot';

const HEADS: Record<View, { title: string; text: string }> = {
  'sign-in': { title: 'Welcome aboard', text: 'Sign in to your projects.' },
  'sign-up': { title: 'Create your account', text: 'One account for all your projects.' },
  forgot: { title: 'Forgot your password?', text: 'A link by mail lets you choose another one.' },
};

function Switch({ view, onChange }: { view: View; onChange: (view: View) => void }) {
  const [question, answer, to] = {
    'sign-in': ['New here?', 'Create an account', 'sign-up'] as const,
    'sign-up': ['You have an account already?', 'Sign in instead', 'sign-in'] as const,
    forgot: ['You remember it?', 'Back to the sign-in', 'sign-in'] as const,
  }[view];
  return (
    <Text c="dimmed" mt="xl" size="sm">
      {question}
      <Button variant="subtle" size="compact-sm" ml={4} onClick={() => onChange(to)}>
        {answer}
      </Button>
    </Text>
  );
}

/** Stands in for every page while nobody is signed in, so that the address stays and opens afterwards. */
export function AccountPage({ invited }: { invited: boolean }) {
  const { expired } = useSession();
  const [view, setView] = useState<View>('sign-in');
  return (
    <AccountFrame {...HEADS[view]}>
      {invited && view !== 'forgot' && (
        <Alert color="tide" variant="light" mb="md">
          You were invited to a project. Sign in, or create an account, with the address of the invitation.
        </Alert>
      )}
      {expired && view === 'sign-in' && (
        <Alert color="tide" variant="light" mb="md">
          Your session has ended. Sign in to go on where you were.
        </Alert>
      )}
      {view === 'sign-in' && <SignInForm onForgotten={() => setView('forgot')} />}
      {view === 'sign-up' && <SignUpForm />}
      {view === 'forgot' && <ForgotForm />}
      <Switch view={view} onChange={setView} />
    </AccountFrame>
  );
}
